//! The trained part of the splitter: two linear classifiers over hashed features, as small integers.
//!
//! Integers make the decision the same on every machine.

use std::fmt;

/// Log2 of the number of weights of each classifier.
pub const BITS: u32 = 16;
const SIZE: usize = 1 << BITS;
const MAGIC: &[u8; 8] = b"DMSEG\0\x01\n";

/// The weights of the splitter.
#[derive(Clone)]
pub struct Weights {
    /// Is there a word boundary between two atoms that touch?
    pub words: Vec<i8>,
    /// Does a sentence end between two words?
    pub sentences: Vec<i8>,
}

/// Why weights could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadWeights {
    /// Length of the file in bytes.
    pub length: usize,
}

impl fmt::Display for BadWeights {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "these {} bytes are no splitter weights (expected {} bytes that begin with DMSEG); take the file `segment.bin` \
             that belongs to this version, or make it with `cargo xtask train-segmenter`",
            self.length,
            MAGIC.len() + 2 * SIZE
        )
    }
}

impl std::error::Error for BadWeights {}

impl Weights {
    /// Reads what [`Weights::write`] wrote.
    pub fn read(bytes: &[u8]) -> Result<Self, BadWeights> {
        let fault = BadWeights { length: bytes.len() };
        let rest = bytes.strip_prefix(MAGIC.as_slice()).ok_or_else(|| fault.clone())?;
        if rest.len() != 2 * SIZE {
            return Err(fault);
        }
        let signed = |part: &[u8]| part.iter().map(|byte| *byte as i8).collect();
        Ok(Self { words: signed(&rest[..SIZE]), sentences: signed(&rest[SIZE..]) })
    }

    /// The bytes of the weights file.
    pub fn write(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(self.words.iter().chain(&self.sentences).map(|weight| *weight as u8));
        bytes
    }
}

/// The features of one decision, as indices of weights.
#[derive(Clone, Debug, Default)]
pub struct Features {
    /// Indices, one for each template.
    pub at: Vec<u32>,
}

impl Features {
    /// Forgets the features of the decision before.
    pub fn clear(&mut self) {
        self.at.clear();
    }

    /// Adds one feature made of parts; its number in the list tells templates apart.
    pub fn add(&mut self, parts: [u32; 4]) {
        let mut hash = (self.at.len() as u32).wrapping_mul(0x9e37_79b1) ^ 0x5bd1_e995;
        for part in parts {
            hash = (hash ^ part).wrapping_mul(0x85eb_ca6b);
            hash ^= hash >> 15;
            hash = hash.wrapping_mul(0xc2b2_ae35);
            hash ^= hash >> 13;
        }
        self.at.push(hash >> (32 - BITS));
    }

    /// The sum of their weights.
    pub fn score(&self, weights: &[i8]) -> i32 {
        self.at.iter().map(|at| i32::from(weights[*at as usize])).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_read_back_and_other_bytes_refused() {
        let weights = Weights { words: vec![-3; SIZE], sentences: vec![7; SIZE] };
        let back = Weights::read(&weights.write()).expect("just written");
        assert_eq!((back.words[0], back.sentences[SIZE - 1]), (-3, 7));
        let fault = Weights::read(b"PK\x03\x04").err().expect("no weights");
        assert!(fault.to_string().contains("cargo xtask train-segmenter"), "{fault}");
    }
}
