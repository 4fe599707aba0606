//! Maps whose keys are numbers; nothing looks at their order.

use indexmap::IndexMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A map from a number, found in constant time.
pub(crate) type Keyed<K, T> = IndexMap<K, T, BuildHasherDefault<Mixed>>;

/// Spreads a number over all bits.
#[derive(Default)]
pub(crate) struct Mixed(u64);

impl Hasher for Mixed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(self.0 ^ u64::from(*byte));
        }
    }

    fn write_u32(&mut self, number: u32) {
        self.write_u64(u64::from(number));
    }

    fn write_u64(&mut self, number: u64) {
        let product = u128::from(number ^ 0x243F_6A88_85A3_08D3) * 0x9E37_79B9_7F4A_7C15;
        self.0 = (product as u64) ^ ((product >> 64) as u64);
    }
}
