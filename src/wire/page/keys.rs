//! Keys: the user's own key with its passphrase, and the contacts' keys.

use super::crossing;

crossing! {
    /// The user's own key. The first request creates it.
    pub struct MyKeyDto {
        pub name: String,
        /// Sixteen hexadecimal digits.
        pub id: String,
        /// The public key, one line.
        pub key: String,
        /// Whether it has a passphrase.
        pub passphrase: bool,
    }

    /// Whether an export needs the passphrase first.
    #[derive(Copy, Eq)]
    pub struct KeyWaits { pub waits: bool }

    /// Unlocks the key with its passphrase until the window closes.
    pub struct UnlockRequest { pub passphrase: String }

    /// Sets, changes or removes the passphrase. `now` is the current one; without `new` it is removed.
    pub struct PassphraseRequest { pub now: Option<String>, pub new: Option<String> }

    /// A public key from a file.
    pub struct PublicKeyDto { pub id: String, pub key: String }

    /// A contact: another person and their public key.
    pub struct ContactDto { pub name: String, pub id: String, pub key: String }

    /// Adds a contact. `key` is the public key's line or the text of its file.
    pub struct AddContactRequest { pub name: String, pub key: String }

    /// Removes a contact, by key ID.
    pub struct ForgetContactRequest { pub id: String }
}
