//! Reads quantities as intervals: "at least 30,000", "around 100,000", "between 2,000 and 3,000", "another 350",
//! "tens of thousands". The span holds the number with its modifier; an article alone is no quantity.

use crate::Reading;
use demarche_language::{Upos, WordId};
use demarche_pack::lower;
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

/// Verbs that put a number to what stands before them: "soldiers, who number 3,000".
const COUNTING: &[&str] = &["number", "total", "count", "be", "include"];
/// Verbs that change a number: "from 70 to 130" behind them are two figures, not a range.
pub(crate) const RAISING: &[&str] = &[
    "raise", "rise", "grow", "increase", "swell", "lift", "bring", "expand", "double", "climb", "up", "build",
];
pub(crate) const LOWERING: &[&str] = &[
    "shrink", "fall", "drop", "cut", "reduce", "draw", "decline", "dwindle", "scale", "lower", "slash",
    "thin", "whittle", "pare", "trim", "halve",
];
/// Nouns whose "of" names what a number further on counts: "the number of troops rose to 5,000".
const MEASURES: &[&str] = &["number", "strength", "total", "count", "figure"];

impl Reading<'_> {
    /// The quantity of a unit noun, if the text gives one.
    pub fn quantity(&self, unit: WordId) -> Option<Quantity> {
        let number = self.number_of(unit)?;
        self.bounded(number, unit)
    }

    /// The quantity that a number word heads, where the text leaves out what it counts: "200,000 under arms".
    pub fn bare_quantity(&self, number: WordId) -> Option<Quantity> {
        self.bounded(self.number_around(number)?, number)
    }

    /// True if a word is a figure, a number word or a vague number.
    pub fn is_numeric(&self, word: WordId) -> bool {
        let numbers = &self.pack.numbers;
        let form = lower(self.analysis.form(word));
        numbers.value(&form).is_some() || numbers.factor(&form).is_some() || numbers.vague(&form).is_some()
    }

    /// The number that counts a noun: its `nummod`, a number in front of it, "hundreds of" above it, or what a
    /// clause about it says ("of whom there are 1,960").
    fn number_of(&self, unit: WordId) -> Option<Number> {
        // "40 of its 100 soldiers": the part counts, not the whole.
        let part = self.child_exactly(unit, "nmod:poss").or_else(|| self.child(unit, "det"));
        if let Some(number) = part.and_then(|_| self.number_above(unit)) {
            return Some(number);
        }
        let nummod = self.analysis.children_in(unit, "nummod").next();
        nummod
            .and_then(|word| self.number_around(word))
            .or_else(|| self.number_in_front(unit))
            .or_else(|| self.number_above(unit))
            .or_else(|| self.number_told(unit))
            .or_else(|| self.number_inside(unit))
            .or_else(|| self.number_changed_to(unit))
    }

    /// "drew down its units to 4,500", "the garrison was raised to 700": the number that a change arrives at.
    fn number_changed_to(&self, unit: WordId) -> Option<Number> {
        if !matches!(self.word(unit).relation(), "obj" | "nsubj") {
            return None;
        }
        let verb = self.word(unit).head.filter(|verb| self.changes_number(*verb))?;
        self.number_arrived_at(verb).and_then(|number| self.number_around(number))
    }

    /// True for a verb that raises or lowers a number.
    pub(crate) fn changes_number(&self, verb: WordId) -> bool {
        self.is_verb(verb) && (RAISING.contains(&self.lemma(verb)) || LOWERING.contains(&self.lemma(verb)))
    }

    /// The bare number behind the "to" of a change.
    pub(crate) fn number_arrived_at(&self, verb: WordId) -> Option<WordId> {
        let below = self.analysis.children(verb).iter().copied().filter(|child| *child > verb);
        let numbers = below.flat_map(|child| self.conjuncts(child)).filter(|word| {
            self.word(*word).upos == Upos::Num && self.is_numeric(*word) && !self.is_time(*word)
        });
        let mut numbers =
            numbers.filter(|word| self.preposition(*word).is_some_and(|it| it.starts_with("to")));
        numbers.find(|word| self.analysis.children_in(*word, "nmod").all(|it| !self.counts_other(it)))
    }

    /// "to 40 of the posts", "to 12 per cent": the number counts what stands behind it.
    fn counts_other(&self, below: WordId) -> bool {
        self.preposition(below) == Some("of") && self.word(below).upos == Upos::Noun
    }

    /// A number before the modifiers of a noun: the tree may hang it elsewhere ("between 2,000 and 3,000 fighters",
    /// "a 4,000-strong force", "4 lakh soldiers").
    fn number_in_front(&self, unit: WordId) -> Option<Number> {
        let start = self.analysis.sentence(unit).words.start;
        let mut at = unit;
        for _ in 0..6 {
            at = WordId(at.0.checked_sub(1).filter(|before| *before >= start)?);
            let hyphen = matches!(self.analysis.form(at), "-" | "‑" | "–");
            // "several P-8 planes" are not eight.
            if self.is_numeric(at) && self.is_designation_number(at) {
                continue;
            }
            if self.is_numeric(at) {
                let counts = !self.is_time(at) && (!self.is_year(at) || self.word(at).head == Some(unit));
                return if counts { self.number_around(at) } else { None };
            }
            let modifies = matches!(self.word(at).upos, Upos::Adj | Upos::Noun | Upos::Propn)
                && self.analysis.subtree(unit).contains(&at);
            if !modifies && !hyphen {
                return None;
            }
        }
        None
    }

    /// True for the number in "P-8", "Su-35", "M23": at most three letters touch it in front, with a hyphen or without.
    pub(crate) fn is_designation_number(&self, number: WordId) -> bool {
        let touches = |one: WordId, two: WordId| self.word(one).span.end() == self.word(two).span.start();
        let before = |word: WordId| word.0.checked_sub(1).map(WordId).filter(|it| touches(*it, word));
        let Some(first) = before(number) else { return false };
        let letters = if self.analysis.form(first) == "-" { before(first) } else { Some(first) };
        letters.is_some_and(|letters| {
            let form = self.analysis.form(letters);
            (1..=3).contains(&form.len())
                && form.starts_with(|letter: char| letter.is_ascii_uppercase())
                && form.chars().all(|letter| letter.is_ascii_alphabetic())
        })
    }

    /// "tens of thousands of troops", "dozens of tanks": the noun hangs under the number.
    fn number_above(&self, unit: WordId) -> Option<Number> {
        let of = self.word(unit).relation() == "nmod" && self.preposition(unit) == Some("of");
        // "some 2,000 of its soldiers guard": the tree may hang both under the verb.
        let case = self.child(unit, "case").filter(|case| !of && self.lemma(*case) == "of");
        if let Some(before) = case.and_then(|case| case.0.checked_sub(1)).map(WordId) {
            return self.number_around(before);
        }
        let above = self.word(unit).head.filter(|_| of)?;
        if let Some(number) = self.number_around(above) {
            return Some(number);
        }
        // "a total of 500" has its number below; "the number of soldiers … at between 3,000 and 4,000" behind its verb.
        if !MEASURES.contains(&self.lemma(above)) {
            return None;
        }
        if let Some(number) = self.analysis.children_in(above, "nummod").next() {
            return self.number_around(number);
        }
        // "350 is the number of troops".
        let equal = self
            .child(above, "nsubj")
            .filter(|subject| self.child(above, "cop").is_some() && self.is_numeric(*subject));
        if let Some(number) = equal {
            return self.number_around(number);
        }
        let verb = self.word(above).head?;
        if self.word(verb).upos == Upos::Num && self.word(above).relation() == "nsubj" {
            return self.number_around(verb);
        }
        let told = |child: &WordId| {
            matches!(self.word(*child).relation(), "obl" | "obj" | "xcomp" | "nmod")
                && self.is_numeric(*child)
                && !self.is_time(*child)
                && self.preposition(*child).is_none_or(|it| it != "from" && it != "of")
        };
        let beside = self.analysis.children(verb).iter().copied();
        let further =
            self.analysis.children(verb).iter().flat_map(|at| self.analysis.children(*at).iter().copied());
        let behind = beside.chain(further).chain(self.analysis.subtree(above));
        behind
            .filter(|word| *word > unit)
            .find(|word| {
                told(word)
                    && self.preposition(*word).is_some_and(|it| {
                        it.starts_with("at") || it.starts_with("to") || it.starts_with("between")
                    })
                    || told(word) && self.word(*word).relation() != "nmod"
            })
            .and_then(|number| self.number_around(number))
    }

    /// "a garrison of about 3,000": the number stands for its men.
    fn number_inside(&self, unit: WordId) -> Option<Number> {
        let lemma = self.lemma(unit);
        let body = matches!(lemma, "force" | "mission" | "strength" | "team" | "headquarters" | "group");
        if !body && self.pack.units.class(lemma) != Some("formation") {
            return None;
        }
        let number = |inner: &WordId| {
            self.word(*inner).upos == Upos::Num && self.is_numeric(*inner) && !self.is_year(*inner)
        };
        self.number_around(self.behind(unit, &["of"]).into_iter().find(number)?)
    }

    /// "its peacekeepers, of whom there are 1,960", "soldiers, numbering about 3,000", "observers, about 1,100 strong",
    /// "jets, four of them".
    fn number_told(&self, unit: WordId) -> Option<Number> {
        let beside = self.analysis.children(unit).iter().copied().filter(|child| *child > unit);
        let beside = beside.filter_map(|child| {
            let relation = self.word(child).relation();
            if self.lemma(child) == "strong" {
                return self.analysis.children(child).iter().copied().find(|it| self.is_numeric(*it));
            }
            let strong = || {
                (child.0 + 1..self.analysis.sentence(unit).words.end)
                    .map(WordId)
                    .find(|it| !self.is_numeric(*it))
                    .is_some_and(|next| self.lemma(next) == "strong")
            };
            let of_them = || self.behind(child, &["of"]).iter().any(|it| self.lemma(*it) == "they");
            (relation == "appos" && self.is_numeric(child) && (of_them() || strong())).then_some(child)
        });
        if let Some(number) = beside.filter_map(|word| self.number_around(word)).next() {
            return Some(number);
        }
        let direct = self.analysis.children_in(unit, "acl");
        // "its peacekeepers, of whom there are 1,960": the clause may hang under the pronoun.
        let pronouns = self.analysis.children(unit).iter().copied().chain(
            self.word(unit).head.into_iter().flat_map(|verb| self.analysis.children(verb).iter().copied()),
        );
        let whom = pronouns.filter(|word| self.lemma(*word) == "whom" && *word > unit);
        let clauses: Vec<WordId> =
            direct.chain(whom.flat_map(|word| self.analysis.children_in(word, "acl"))).collect();
        clauses.into_iter().filter(|clause| COUNTING.contains(&self.lemma(*clause))).find_map(|clause| {
            let number = |child: &&WordId| {
                matches!(self.word(**child).relation(), "nsubj" | "obj" | "obl" | "xcomp")
                    && self.word(**child).upos == Upos::Num
                    && !self.is_time(**child)
            };
            self.number_around(*self.analysis.children(clause).iter().find(number)?)
        })
    }

    /// The number that a word belongs to: "two thousand", "3.5 million", "2,000 to 3,000", "tens of thousands".
    fn number_around(&self, word: WordId) -> Option<Number> {
        let numbers = &self.pack.numbers;
        let sentence = self.analysis.sentence(word).words.clone();
        let form = |at: u32| self.analysis.form(WordId(at)).to_lowercase();
        let numeric = |at: u32| self.is_numeric(WordId(at));
        if !numeric(word.0) || self.is_designation_number(word) {
            return None;
        }
        // "two hundred and fifty": a small number after a factor goes on with it.
        let goes_on = |at: u32| {
            at > sentence.start
                && at + 1 < sentence.end
                && form(at) == "and"
                && matches!(form(at - 1).as_str(), "hundred" | "thousand")
                && numbers.value(&form(at + 1)).is_some_and(|value| value < 100.0)
                && (at + 2 >= sentence.end || numbers.factor(&form(at + 2)).is_none())
        };
        let (mut first, mut last) = (word.0, word.0);
        // "before 2020 one brigade" are two numbers.
        let joined = |one: u32, two: u32| {
            let year = |at: u32| self.is_year(WordId(at)) && self.is_time(WordId(at));
            !year(one) && !year(two)
        };
        while first > sentence.start && (numeric(first - 1) && joined(first - 1, first) || goes_on(first - 1))
        {
            first -= 1;
        }
        while last + 1 < sentence.end && (numeric(last + 1) && joined(last, last + 1) || goes_on(last + 1)) {
            last += 1;
        }
        if last + 1 < sentence.end && matches!(form(last + 1).as_str(), "%" | "percent" | "per") {
            return None;
        }
        let (mut low, mut high, mut vague) = self.value_of(first, last)?;
        let factor = numbers.value(&form(first)).is_none().then(|| numbers.factor(&form(first))).flatten();
        if first >= sentence.start + 2 && form(first - 1) == "of" {
            // "tens of thousands", "hundreds of thousands".
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
        } else if let Some(factor) = factor.filter(|_| first > sentence.start) {
            // "several hundred", "a few dozen", "half a dozen".
            if matches!(form(first - 1).as_str(), "several" | "few") {
                (low, high, vague) = (2.0 * factor, 9.0 * factor, true);
                first -= 1;
            } else if first >= sentence.start + 2 && form(first - 1) == "a" && form(first - 2) == "half" {
                (low, high) = (low / 2.0, high / 2.0);
                first -= 2;
            } else if form(first - 1) == "a" {
                // "more than a thousand": what bounds it stands before the article.
                first -= 1;
            }
        }
        // "raised from 70 to 130 soldiers": what was is no part of what is.
        let from = |at: u32| {
            at > sentence.start
                && form(at - 1) == "from"
                && (sentence.start..at - 1)
                    .rev()
                    .map(WordId)
                    .find(|it| self.is_verb(*it))
                    .is_some_and(|verb| self.changes_number(verb))
        };
        if last + 2 < sentence.end && form(last + 1) == "to" && numeric(last + 2) && from(first) {
            let counted = self.word(word).relation() == "nummod";
            return if counted {
                self.number_around(WordId(last + 2))
            } else {
                Some(Number { first, last, low, high, vague })
            };
        }
        if first >= sentence.start + 2
            && form(first - 1) == "to"
            && numeric(first - 2)
            && self.run_before(first - 2, &sentence).is_some_and(from)
        {
            return Some(Number { first, last, low, high, vague });
        }
        // "2,000 to 3,000", "between 2,000 and 3,000", "2,000-3,000".
        let joins = |at: u32| matches!(form(at).as_str(), "to" | "-" | "–" | "—" | "or");
        let between = |at: u32| {
            at > sentence.start && form(at - 1) == "between"
                || at > sentence.start + 1 && form(at - 2) == "between"
        };
        if last + 2 < sentence.end
            && (joins(last + 1) || form(last + 1) == "and" && between(first))
            && numeric(last + 2)
        {
            let mut end = last + 2;
            while end + 1 < sentence.end && numeric(end + 1) {
                end += 1;
            }
            let (_, top, _) = self.value_of(last + 2, end)?;
            (low, high, last) = (scaled(low, top), top, end);
        } else if first >= sentence.start + 2
            && numeric(first - 2)
            && (joins(first - 1)
                || form(first - 1) == "and" && self.run_before(first - 2, &sentence).is_some_and(between))
        {
            let start = self.run_before(first - 2, &sentence)?;
            let (bottom, _, _) = self.value_of(start, first - 2)?;
            (low, first) = (scaled(bottom, high), start);
        }
        if low > high {
            return None;
        }
        if first > sentence.start && form(first - 1) == "between" && low < high {
            first -= 1;
        }
        Some(Number { first, last, low, high, vague })
    }

    /// The first word of the run of number words that ends at `last`.
    fn run_before(&self, last: u32, sentence: &std::ops::Range<u32>) -> Option<u32> {
        let numeric = |at: u32| self.is_numeric(WordId(at));
        let mut start = last;
        while start > sentence.start && numeric(start - 1) {
            start -= 1;
        }
        numeric(start).then_some(start)
    }

    /// The value of a run of number words. Parts of one figure that were split ("1,|20,000", "12 000") are one.
    fn value_of(&self, first: u32, last: u32) -> Option<(f64, f64, bool)> {
        let numbers = &self.pack.numbers;
        let (mut total, mut group, mut seen) = (0.0, 0.0, false);
        let mut at = first;
        while at <= last {
            let mut form = self.analysis.form(WordId(at)).to_lowercase();
            while at < last && self.is_split(WordId(at)) {
                at += 1;
                form.push_str(self.analysis.form(WordId(at)));
            }
            at += 1;
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

    /// True if a figure goes on in the next word: no space between them, or a group of three digits behind a space.
    fn is_split(&self, word: WordId) -> bool {
        let next = WordId(word.0 + 1);
        let (one, two) = (self.analysis.form(word), self.analysis.form(next));
        let figure =
            |form: &str| form.chars().all(|letter| letter.is_ascii_digit() || matches!(letter, ',' | '.'));
        if !figure(one) || !figure(two) {
            return false;
        }
        let adjacent = self.word(word).span.end() == self.word(next).span.start();
        adjacent || two.len() == 3 && one.len() <= 3 && one.chars().all(|letter| letter.is_ascii_digit())
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
                && (matches!(words[0].as_str(), "or" | "at") || matches!(bound, Bound::Additional));
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
