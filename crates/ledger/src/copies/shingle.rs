//! Word 3-grams of a text, their sample and their MinHash bands.

/// Words in a shingle.
const WORDS: usize = 3;
/// One shingle in so many is a key of the index.
const SAMPLE: u64 = 8;
/// Bands of two hashes each.
const BANDS: usize = 64;

/// The shingles of a text: in order of text and as a sorted set.
pub(super) struct Shingles {
    /// The shingle at each place, as its number in the set.
    pub(super) places: Vec<u32>,
    /// Byte range of each word.
    pub(super) words: Vec<(u32, u32)>,
    /// Sorted, each once.
    set: Vec<u64>,
    /// Hash of all words.
    pub(super) whole: u64,
}

fn mix(mut value: u64) -> u64 {
    value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ (value >> 31)
}

impl Shingles {
    pub(super) fn new(text: &str) -> Self {
        let mut words = Vec::with_capacity(text.len() / 6);
        let mut hashes: Vec<u64> = Vec::with_capacity(text.len() / 6);
        let mut start = None;
        let mut hash = 0u64;
        let mut close = |start: &mut Option<usize>, hash: u64, end: usize| {
            if let Some(from) = start.take() {
                words.push((from as u32, end as u32));
                hashes.push(mix(hash));
            }
        };
        for (at, letter) in text.char_indices() {
            if letter.is_alphanumeric() {
                if start.is_none() {
                    start = Some(at);
                    hash = 0xCBF2_9CE4_8422_2325;
                }
                let low = if letter.is_ascii() {
                    letter.to_ascii_lowercase()
                } else {
                    letter.to_lowercase().next().unwrap_or(letter)
                };
                hash = (hash ^ u64::from(u32::from(low))).wrapping_mul(0x0100_0000_01B3);
            } else {
                close(&mut start, hash, at);
            }
        }
        close(&mut start, hash, text.len());
        let mut sorted: Vec<(u64, u32)> = hashes
            .windows(WORDS)
            .zip(0..)
            .map(|(three, place)| {
                let hash = three[0].wrapping_mul(3).rotate_left(17)
                    ^ three[1].rotate_left(31).wrapping_mul(5)
                    ^ three[2].wrapping_mul(7);
                (mix(hash), place)
            })
            .collect();
        sorted.sort_unstable();
        let mut places = vec![0; sorted.len()];
        let mut set: Vec<u64> = Vec::with_capacity(sorted.len());
        for (hash, place) in sorted {
            if set.last() != Some(&hash) {
                set.push(hash);
            }
            places[place as usize] = set.len() as u32 - 1;
        }
        let whole = hashes.iter().fold(hashes.len() as u64, |sum, hash| mix(sum.rotate_left(5) ^ hash));
        Self { places, words, set, whole }
    }

    /// Number of different shingles.
    pub(super) fn len(&self) -> usize {
        self.set.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.set.is_empty()
    }
}

/// One text made ready to be held against many: a bitmap says of nearly every foreign shingle that it is not there, without
/// a jump that the processor cannot foresee.
pub(super) struct Probe<'a> {
    pub(super) of: &'a Shingles,
    bits: Vec<u64>,
    shift: u32,
}

impl<'a> Probe<'a> {
    pub(super) fn new(of: &'a Shingles) -> Self {
        let size = (of.len() * 64).next_power_of_two().max(1024);
        let shift = 64 - size.trailing_zeros();
        let mut bits = vec![0u64; size / 64];
        for hash in &of.set {
            let bit = (hash >> shift) as usize;
            bits[bit / 64] |= 1 << (bit % 64);
        }
        Self { of, bits, shift }
    }

    fn bit(&self, hash: u64) -> u64 {
        let bit = (hash >> self.shift) as usize;
        self.bits[bit / 64] >> (bit % 64) & 1
    }

    /// Numbers of the other text's shingles that this one may have: all that both have, and few more.
    pub(super) fn hits(&self, other: &Shingles) -> Vec<u32> {
        let mut hits = vec![0u32; other.set.len() + 1];
        let mut count = 0;
        // Written whether or not it is one: no jump depends on it.
        for (number, hash) in other.set.iter().enumerate() {
            hits[count] = number as u32;
            count += self.bit(*hash) as usize;
        }
        hits.truncate(count);
        hits
    }

    /// Of the hits those that both texts have: the numbers of the shingle in this text and in the other.
    pub(super) fn shared(&self, other: &Shingles, hits: &[u32]) -> Vec<(u32, u32)> {
        let own = &self.of.set;
        let pairs = hits.iter().filter_map(|number| {
            let hash = other.set[*number as usize];
            // Hashes are spread evenly: their place in the sorted set is nearly told by their size.
            let mut at = ((u128::from(hash) * own.len() as u128) >> 64) as usize;
            while at > 0 && own[at - 1] >= hash {
                at -= 1;
            }
            while own.get(at).is_some_and(|it| *it < hash) {
                at += 1;
            }
            (own.get(at) == Some(&hash)).then_some((at as u32, *number))
        });
        pairs.collect()
    }

    /// Which shingles of this text and of the other both have.
    pub(super) fn marks(&self, other: &Shingles, shared: &[(u32, u32)]) -> (Vec<bool>, Vec<bool>) {
        let (mut one, mut two) = (vec![false; self.of.set.len()], vec![false; other.set.len()]);
        for (first, second) in shared {
            one[*first as usize] = true;
            two[*second as usize] = true;
        }
        (one, two)
    }
}

/// Keys of a text in the index.
pub(super) struct Sketch {
    /// Sampled shingles.
    pub(super) sample: Vec<u64>,
    /// MinHash bands.
    pub(super) bands: Vec<u64>,
}

impl Sketch {
    pub(super) fn new(shingles: &Shingles) -> Self {
        // Short texts need every shingle.
        let rate = if shingles.len() < 120 { 2 } else { SAMPLE };
        let sample = shingles
            .set
            .iter()
            .copied()
            .filter(|hash| hash % SAMPLE == 0 || (rate < SAMPLE && hash % rate == 0))
            .collect();
        let mut least = [u64::MAX; BANDS * 2];
        // Long texts are found through the sample; bands serve the short ones.
        if shingles.len() < 400 {
            for (number, least) in least.iter_mut().enumerate() {
                let seed = (number as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
                for hash in &shingles.set {
                    let value = (hash ^ (seed >> 7)).wrapping_mul(seed);
                    *least = (*least).min(value ^ (value >> 29));
                }
            }
        }
        let bands = least
            .chunks_exact(2)
            .enumerate()
            .filter(|(_, two)| two[0] != u64::MAX)
            .map(|(band, two)| {
                mix(two[0] ^ two[1].rotate_left(21) ^ (band as u64).wrapping_mul(0xD6E8_FEB8_6659_FD93))
            })
            .collect();
        Self { sample, bands }
    }

    /// All keys.
    pub(super) fn keys(&self) -> impl Iterator<Item = u64> + '_ {
        self.sample.iter().chain(&self.bands).copied()
    }
}
