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

    /// No more shingles than that are in both: those whose bit is set. Cheaper than [`Self::shared`] by far.
    pub(super) fn at_most(&self, other: &Shingles) -> usize {
        other.set.iter().map(|hash| self.bit(*hash)).sum::<u64>() as usize
    }

    /// Number of shingles that both have.
    pub(super) fn shared(&self, other: &Shingles) -> usize {
        let mut count = 0;
        self.each_shared(other, |_, _| count += 1);
        count
    }

    /// Which shingles of this text and of the other both have.
    pub(super) fn marks(&self, other: &Shingles) -> (Vec<bool>, Vec<bool>) {
        let (mut one, mut two) = (vec![false; self.of.set.len()], vec![false; other.set.len()]);
        self.each_shared(other, |first, second| {
            one[first] = true;
            two[second] = true;
        });
        (one, two)
    }

    /// Calls back with the numbers of each shingle that both have.
    fn each_shared(&self, other: &Shingles, mut take: impl FnMut(usize, usize)) {
        let mut from = 0;
        for (number, hash) in other.set.iter().enumerate() {
            if self.bit(*hash) == 0 {
                continue;
            }
            // Both are sorted: the search goes on where the last one ended.
            while self.of.set.get(from).is_some_and(|own| own < hash) {
                from += 1;
            }
            if self.of.set.get(from) == Some(hash) {
                take(from, number);
            }
        }
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
