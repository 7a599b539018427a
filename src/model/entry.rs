//! Entries: what the desks of a shared desk pass on to each other through the hub. An entry is one action with its facts
//! as they are, with what a desk stores beside them.

use super::{Action, ActionId, Digest, FactId, Moment, NumberKind, Recorded};
use std::fmt;
use uuid::Uuid;

/// One device of a member: a computer with a desk file of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeviceId(pub Uuid);

impl fmt::Display for DeviceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A short number that a thing has on the shared desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GivenNumber {
    /// What is numbered.
    pub kind: NumberKind,
    /// The number, from 1.
    pub number: i64,
    /// The thing.
    pub entity: Uuid,
}

/// One action with its facts, as a device sends it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedEntry {
    /// The action.
    pub action: Action,
    /// Its facts, in order.
    pub facts: Vec<Recorded>,
    /// The facts that readers get closed.
    pub secret: Vec<FactId>,
    /// The action that it is undone with: the import that brought it, or the first of several done together.
    pub with: Option<ActionId>,
    /// The actions that are undone with this one.
    pub brings: Vec<ActionId>,
    /// The numbers that its facts got from this device's leases.
    pub numbers: Vec<GivenNumber>,
    /// Whether the sender passes on what somebody else recorded: an imported bundle, or the history that a shared desk
    /// begins with. The signature is then the sender's, and proves only who passed it on.
    pub carried: bool,
    /// The device that signed it.
    pub device: DeviceId,
    /// The device's ed25519 signature of [`signed_bytes`], 64 bytes.
    pub signature: Vec<u8>,
}

/// An entry that the hub took, with its place in the order of the shared desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// Its place: 1 for the first one, without gaps.
    pub seq: i64,
    /// The entry. Facts that were redacted since, or that this member may not read, are closed. Its `numbers` are all
    /// that its facts have on the shared desk.
    pub entry: SharedEntry,
    /// The login of the member who sent it.
    pub login: String,
    /// The rolling digest up to and including it: see [`rolled`].
    pub rolling: Digest,
    /// When the hub took it, by its own clock.
    pub at: Moment,
}

/// The bytes that a device signs: the entry's digest for this desk alone, and which actions it takes with it.
pub fn signed_bytes(desk: Uuid, action: &Digest, brings: &[ActionId]) -> Vec<u8> {
    let ids: Vec<u8> = brings.iter().flat_map(ActionId::bytes).collect();
    [&b"tickmark-hub-1"[..], desk.as_bytes(), &action.0, &Digest::of(&ids).0].concat()
}

/// The rolling digest after one more entry. It begins with 32 zero bytes.
pub fn rolled(rolling: &Digest, action: &Digest) -> Digest {
    Digest::of_all(&[&rolling.0, &action.0])
}

/// The rolling digest of a desk without entries.
pub const UNROLLED: Digest = Digest([0; 32]);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_for_one_desk_one_action_and_what_it_brings() {
        let (desk, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let digest = Digest::of(b"an action");
        let brings = [ActionId(Uuid::from_u128(3))];
        let all = [
            signed_bytes(desk, &digest, &[]),
            signed_bytes(other, &digest, &[]),
            signed_bytes(desk, &Digest::of(b"another"), &[]),
            signed_bytes(desk, &digest, &brings),
        ];
        for (at, bytes) in all.iter().enumerate() {
            assert_eq!(bytes.len(), 14 + 16 + 32 + 32);
            assert!(all[at + 1..].iter().all(|b| b != bytes));
        }
    }

    #[test]
    fn the_rolling_digest_depends_on_the_order() {
        let (a, b) = (Digest::of(b"a"), Digest::of(b"b"));
        assert_ne!(rolled(&rolled(&UNROLLED, &a), &b), rolled(&rolled(&UNROLLED, &b), &a));
    }
}
