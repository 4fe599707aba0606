//! Reads quantities as intervals: "at least 30,000", "around 100,000", "between 2,000 and 3,000", "another 350",
//! "tens of thousands". The span holds the number with its modifier; an article alone is no quantity.

use crate::Reading;
use demarche_language::{Upos, WordId};
use demarche_pack::units::Bound;
use demarche_record::Quantity;

/// A number in the text: the words from `first` to `last` and its bounds.
struct Number {
    first: u32,
    last: u32,
    low: f64,
    high: f64,
    vague: bool,
}

impl Reading<'_> {
    /// The quantity of a unit noun, if the text gives one.
    pub fn quantity(&self, unit: WordId) -> Option<Quantity> {
        let number = self.number_of(unit)?;
        self.bounded(number, unit)
    }

    /// The number that counts a noun: its `nummod`, "hundreds of" above it, or a number noun that it modifies.
    fn number_of(&self, unit: WordId) -> Option<Number> {
        let nummod = self.analysis.children_in(unit, "nummod").next();
        if let Some(number) = nummod.and_then(|word| self.number_around(word)) {
            return Some(number);
        }
        // "tens of thousands of troops", "a total of 500 men", "dozens of tanks": the noun hangs under the number.
        let above = self.word(unit).head.filter(|_| {
            self.word(unit).relation() == "nmod" && self.preposition(unit).as_deref() == Some("of")
        })?;
        self.number_around(above)
    }

    /// The number that a word belongs to: "two thousand", "3.5 million", "2,000 to 3,000", "tens of thousands".
    fn number_around(&self, word: WordId) -> Option<Number> {
        let numbers = &self.pack.numbers;
        let sentence = self.analysis.sentence(word).words.clone();
        let form = |at: u32| self.analysis.form(WordId(at)).to_lowercase();
        let numeric = |at: u32| {
            let form = form(at);
            numbers.value(&form).is_some()
                || numbers.factor(&form).is_some()
                || numbers.vague(&form).is_some()
        };
        if !numeric(word.0) {
            return None;
        }
        let (mut first, mut last) = (word.0, word.0);
        while first > sentence.start && numeric(first - 1) {
            first -= 1;
        }
        while last + 1 < sentence.end && numeric(last + 1) {
            last += 1;
        }
        let (mut low, mut high, mut vague) = self.value_of(first, last)?;
        // "tens of thousands", "hundreds of thousands".
        if first >= sentence.start + 2 && form(first - 1) == "of" {
            let times = match form(first - 2).as_str() {
                "tens" => Some((10.0, 99.0)),
                "hundreds" => Some((100.0, 999.0)),
                "dozens" => Some((24.0, 99.0)),
                _ => None,
            };
            if let Some((least, most)) = times {
                let factor = numbers.factor(form(last).trim_end_matches('s')).unwrap_or(1000.0);
                (low, high, vague) = (least * factor, most * factor, true);
                first -= 2;
            }
        }
        // "2,000 to 3,000", "between 2,000 and 3,000", "2,000-3,000".
        let joins = |at: u32| matches!(form(at).as_str(), "to" | "-" | "–" | "or");
        if last + 2 < sentence.end && joins(last + 1) && numeric(last + 2) {
            let mut end = last + 2;
            while end + 1 < sentence.end && numeric(end + 1) {
                end += 1;
            }
            let (_, top, _) = self.value_of(last + 2, end)?;
            (low, high, last) = (scaled(low, top), top, end);
        } else if first >= sentence.start + 2 && joins(first - 1) && numeric(first - 2) {
            let mut start = first - 2;
            while start > sentence.start && numeric(start - 1) {
                start -= 1;
            }
            let (bottom, _, _) = self.value_of(start, first - 2)?;
            (low, first) = (scaled(bottom, high), start);
        } else if first > sentence.start
            && form(first - 1) == "between"
            && last + 2 < sentence.end
            && form(last + 1) == "and"
        {
            let mut end = last + 2;
            while end + 1 < sentence.end && numeric(end + 1) {
                end += 1;
            }
            if let Some((_, top, _)) = self.value_of(last + 2, end) {
                (low, high, first, last) = (scaled(low, top), top, first - 1, end);
            }
        }
        Some(Number { first, last, low, high, vague })
    }

    /// The value of a run of number words.
    fn value_of(&self, first: u32, last: u32) -> Option<(f64, f64, bool)> {
        let numbers = &self.pack.numbers;
        let (mut total, mut group, mut seen) = (0.0, 0.0, false);
        for at in first..=last {
            let form = self.analysis.form(WordId(at)).to_lowercase();
            if let Some((low, high)) = numbers.vague(&form) {
                return Some((low, high, true));
            }
            if let Some(value) = numbers.value(&form) {
                group += value;
                seen = true;
            } else if let Some(factor) = numbers.factor(&form) {
                let scaled = if seen || group > 0.0 { group * factor } else { factor };
                if factor >= 1000.0 {
                    total += scaled;
                    group = 0.0;
                } else {
                    group = scaled;
                }
                seen = true;
            }
        }
        seen.then_some((total + group, total + group, false))
    }

    /// Applies the modifiers around a number.
    fn bounded(&self, number: Number, unit: WordId) -> Option<Quantity> {
        let text = &self.analysis.document.text;
        let sentence = self.analysis.sentence(unit).words.clone();
        let form = |at: u32| self.analysis.form(WordId(at)).to_lowercase();
        let (mut first, mut last) = (number.first, number.last);
        let (mut low, mut high) = (Some(number.low), Some(number.high));
        let mut modifier = number.vague.then(|| "about".to_owned());
        for (words, bound) in self.pack.numbers.modifiers() {
            let count = words.len() as u32;
            let before = first >= sentence.start + count
                && words.iter().enumerate().all(|(at, word)| form(first - count + at as u32) == *word);
            let after = last + count < sentence.end
                && words.iter().enumerate().all(|(at, word)| form(last + 1 + at as u32) == *word)
                && (words[0] == "or" || matches!(bound, Bound::Additional));
            // "more" before a number is no modifier ("more 350"); after it, it is ("350 more").
            let more = words.len() == 1 && words[0] == "more";
            if !(before && !more || after) {
                continue;
            }
            match bound {
                Bound::About => {}
                Bound::Low => high = None,
                Bound::High => low = None,
                Bound::Additional => {}
            }
            let name = match bound {
                Bound::About => "about".to_owned(),
                Bound::Additional => "additional".to_owned(),
                Bound::Low | Bound::High => words.join(" "),
            };
            modifier = Some(name);
            if before && !more {
                first -= count;
            } else {
                last += count;
            }
            break;
        }
        if modifier.is_none() {
            let more = self.analysis.children_in(unit, "amod").find(|child| {
                matches!(self.lemma(*child), "additional" | "further" | "more" | "extra" | "other")
            });
            if more.is_some() {
                modifier = Some("additional".to_owned());
            }
        }
        let span = self.word(WordId(first)).span.cover(self.word(WordId(last)).span);
        debug_assert!(text.as_str().is_char_boundary(span.start()));
        Some(Quantity { low, high, modifier, words: self.words(span) })
    }

    /// True for a bare year or date number that counts nothing.
    pub fn is_year(&self, word: WordId) -> bool {
        let form = self.analysis.form(word);
        self.word(word).upos == Upos::Num
            && form.len() == 4
            && (form.starts_with("19") || form.starts_with("20"))
    }
}

/// "2 to 3 thousand": the lower number has the factor of the higher one.
fn scaled(low: f64, high: f64) -> f64 {
    if low < 100.0 && high >= 1000.0 && high % 1000.0 == 0.0 {
        let factor = if high >= 1e6 { 1e6 } else { 1000.0 };
        low * factor
    } else {
        low
    }
}
