//! Texts that were unpacked a moment ago, so that one that hangs on them need not unpack the whole path again.
//! What is here is only a shortcut: that a text is still kept is always asked of the file first.

use crate::model::Digest;
use std::{cell::RefCell, collections::HashMap, sync::Arc};

/// How many bytes are held at the most; then all of them are let go.
const MOST: usize = 32 << 20;

/// Unpacked bytes by the hash they are kept under.
#[derive(Default)]
pub(super) struct Unpacked(RefCell<Held>);

#[derive(Default)]
struct Held {
    texts: HashMap<[u8; 32], Known>,
    bytes: usize,
}

/// One text. It was unpacked on the way to another one, or is proven by its own hash.
#[derive(Clone)]
struct Known {
    plain: Arc<Vec<u8>>,
    proven: bool,
}

impl Unpacked {
    /// What is held under that hash, proven or not.
    pub fn get(&self, at: &[u8; 32]) -> Option<Arc<Vec<u8>>> {
        self.0.borrow().texts.get(at).map(|k| Arc::clone(&k.plain))
    }

    /// Holds what was unpacked.
    pub fn hold(&self, at: [u8; 32], plain: Vec<u8>) -> Arc<Vec<u8>> {
        let mut held = self.0.borrow_mut();
        if held.bytes + plain.len() > MOST {
            *held = Held::default();
        }
        let plain = Arc::new(plain);
        held.bytes += plain.len();
        held.texts.insert(at, Known { plain: Arc::clone(&plain), proven: false });
        plain
    }

    /// Whether the bytes held under that hash have it; taken once for each.
    pub fn prove(&self, digest: &Digest, plain: &[u8]) -> bool {
        let mut held = self.0.borrow_mut();
        match held.texts.get_mut(&digest.0) {
            Some(known) if known.proven => true,
            Some(known) => {
                known.proven = Digest::of(plain) == *digest;
                known.proven
            }
            None => Digest::of(plain) == *digest,
        }
    }

    /// Lets everything go: what is read next is read from the file.
    pub fn clear(&self) {
        *self.0.borrow_mut() = Held::default();
    }
}
