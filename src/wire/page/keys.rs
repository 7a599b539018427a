//! Keys: one's own with its passphrase, and those of others that the desk knows by name.

use super::crossing;

crossing! {
    /// One's own key. It is made the first time somebody asks.
    pub struct MyKeyDto {
        pub name: String,
        /// Sixteen hexadecimal digits.
        pub id: String,
        /// The public key, one line.
        pub key: String,
        /// Whether it has a passphrase.
        pub passphrase: bool,
    }

    /// Whether an export has to be given the passphrase first.
    #[derive(Copy, Eq)]
    pub struct KeyWaits { pub waits: bool }

    /// Gives the passphrase; it is remembered until the window closes.
    pub struct UnlockRequest { pub passphrase: String }

    /// Sets, changes or removes the passphrase. `now` is the one the key has; without `new` it is removed.
    pub struct PassphraseRequest { pub now: Option<String>, pub new: Option<String> }

    /// A public key that was read from a file.
    pub struct PublicKeyDto { pub id: String, pub key: String }

    /// Somebody whose key this desk knows.
    pub struct ContactDto { pub name: String, pub id: String, pub key: String }

    /// Takes a public key in under a name: its one line, or the text of its file.
    pub struct AddContactRequest { pub name: String, pub key: String }

    /// Forgets a contact, by the id of the key.
    pub struct ForgetContactRequest { pub id: String }
}
