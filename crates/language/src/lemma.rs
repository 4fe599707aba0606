//! Lemmas: a dictionary and the rules of English inflection first, else the rule the network chose.

use crate::Upos;
use demarche_model::LemmaRule;
use demarche_pack::inflection::Inflection;
use std::collections::{BTreeMap, BTreeSet};

static BUILTIN: &str = include_str!("../../../models/en/lemmas.txt");

/// Base forms and exceptions, learnt from treebanks by `cargo xtask train-lemmas`.
#[derive(Clone, Debug, Default)]
pub struct Lemmas {
    /// Base forms by part of speech.
    bases: BTreeSet<(Upos, Box<str>)>,
    /// Lower-case form and part of speech → lemmas seen, the most frequent first.
    seen: BTreeMap<(Upos, Box<str>), Vec<Box<str>>>,
}

impl Lemmas {
    /// The dictionary that is built in.
    pub fn builtin() -> Self {
        Self::parse(BUILTIN)
    }

    /// Reads a dictionary: lines `= TAG base base …` with base forms, lines `TAG form lemma …` with exceptions. Lines
    /// of another form are skipped.
    pub fn parse(text: &str) -> Self {
        let mut lemmas = Self::default();
        for line in text.lines() {
            let mut words = line.split(' ');
            let first = words.next().unwrap_or_default();
            let bases = first == "=";
            let Some(upos) = Upos::parse(if bases { words.next().unwrap_or_default() } else { first }) else {
                continue;
            };
            if bases {
                lemmas.bases.extend(words.map(|base| (upos, base.into())));
            } else if let Some(form) = words.next() {
                lemmas.seen.insert((upos, form.into()), words.map(Into::into).collect());
            }
        }
        lemmas
    }

    fn is_base(&self, upos: Upos, word: &str) -> bool {
        self.bases.contains(&(upos, word.into()))
    }

    /// The lemma of a form in context; `rule` is the network's choice.
    pub fn lemma(
        &self,
        form: &str,
        upos: Upos,
        feats: &str,
        rule: &LemmaRule,
        inflection: &Inflection,
    ) -> String {
        let low = dictionary_form(form);
        let guess = rule.apply(form);
        let guess = if guess.is_empty() { low.clone() } else { guess };
        if let Some(seen) = self.seen.get(&(upos, low.as_str().into())) {
            let known = seen.iter().any(|lemma| **lemma == *guess);
            return if known { guess } else { seen[0].to_string() };
        }
        self.inflected(form, &low, upos, feats, inflection).unwrap_or(guess)
    }

    /// The lemma after the rules of inflection; `None` where they do not decide.
    pub fn inflected(
        &self,
        form: &str,
        low: &str,
        upos: Upos,
        feats: &str,
        inflection: &Inflection,
    ) -> Option<String> {
        let letters = low.chars().all(|c| c.is_alphabetic() || c == '\'');
        let short_capitals = form.chars().count() < 5 && form.chars().all(char::is_uppercase);
        if !letters || low.is_empty() {
            return None;
        }
        match upos {
            Upos::Verb => Some(self.verb(low, feats, inflection)),
            Upos::Noun if !short_capitals => Some(self.noun(low, feats, inflection)),
            Upos::Adj | Upos::Adv if feats.contains("Degree=Cmp") || feats.contains("Degree=Sup") => {
                self.compared(low, upos, inflection)
            }
            _ => None,
        }
    }

    /// The first candidate that is a base form.
    fn first_base(&self, upos: Upos, candidates: &[String]) -> Option<String> {
        candidates.iter().find(|it| self.is_base(upos, it)).cloned()
    }

    fn verb(&self, low: &str, feats: &str, inflection: &Inflection) -> String {
        if let Some(base) = irregular(low, &inflection.verbs) {
            return base;
        }
        let past = feats.contains("Tense=Past") || feats.contains("VerbForm=Part");
        let ing = feats.contains("VerbForm=Ger") || feats.contains("Tense=Pres|VerbForm=Part");
        if self.is_base(Upos::Verb, low) && !past && !ing {
            return low.to_owned();
        }
        if let Some(stem) = low.strip_suffix("ied").filter(|stem| stem.len() > 1) {
            return format!("{stem}y");
        }
        for ending in ["ing", "ed"] {
            let Some(stem) = low.strip_suffix(ending).filter(|stem| has_vowel(stem) && stem.len() > 1) else {
                continue;
            };
            return self.stem(stem);
        }
        match low.strip_suffix('s').filter(|stem| stem.len() > 1 && !stem.ends_with(['s', 'u', 'i'])) {
            Some(stem) => self.without_s(stem, Upos::Verb),
            None => low.to_owned(),
        }
    }

    /// Base of a verb from what stands before `-ed` or `-ing`.
    fn stem(&self, stem: &str) -> String {
        let with_e = format!("{stem}e");
        let single = undoubled(stem);
        let mut candidates = Vec::new();
        if one_vowel_before_last(stem) {
            candidates.push(with_e.clone());
        }
        candidates.extend([stem.to_owned(), with_e.clone()]);
        candidates.extend(single.iter().cloned());
        if let Some(base) = self.first_base(Upos::Verb, &candidates) {
            return base;
        }
        match single {
            Some(single) if !stem.ends_with("ll") && !stem.ends_with("ss") && !stem.ends_with("ff") => single,
            _ if wants_e(stem) => with_e,
            _ => stem.to_owned(),
        }
    }

    /// Base of a form from what stands before its `-s`.
    fn without_s(&self, stem: &str, upos: Upos) -> String {
        let mut candidates = vec![stem.to_owned()];
        if let Some(short) = stem.strip_suffix("ie").filter(|short| short.len() > 1) {
            candidates.insert(0, format!("{short}y"));
        }
        if let Some(short) = stem.strip_suffix("ve").filter(|_| upos == Upos::Noun) {
            candidates.extend([format!("{short}f"), format!("{short}fe")]);
        }
        let bare = stem.strip_suffix('e').filter(|bare| {
            ["s", "x", "z", "ch", "sh", "o"].iter().any(|ending| bare.ends_with(ending)) && bare.len() > 1
        });
        candidates.extend(bare.map(str::to_owned));
        if let Some(base) = self.first_base(upos, &candidates) {
            return base;
        }
        match bare {
            Some(bare) if ["ss", "x", "ch", "sh", "zz"].iter().any(|ending| bare.ends_with(ending)) => {
                bare.to_owned()
            }
            _ => candidates.swap_remove(0),
        }
    }

    fn noun(&self, low: &str, feats: &str, inflection: &Inflection) -> String {
        if !feats.contains("Number=Plur") {
            return low.to_owned();
        }
        if let Some(base) = inflection.nouns.get(low) {
            return base.clone();
        }
        if let Some(stem) = low.strip_suffix("men").filter(|stem| stem.len() > 2) {
            return format!("{stem}man");
        }
        match low.strip_suffix('s').filter(|stem| stem.len() > 1 && !stem.ends_with('s')) {
            Some(stem) => self.without_s(stem, Upos::Noun),
            None => low.to_owned(),
        }
    }

    fn compared(&self, low: &str, upos: Upos, inflection: &Inflection) -> Option<String> {
        if let Some(base) = inflection.adjectives.get(low) {
            return Some(base.clone());
        }
        let stem =
            low.strip_suffix("er").or_else(|| low.strip_suffix("est")).filter(|stem| stem.len() > 1)?;
        let mut candidates = vec![stem.to_owned(), format!("{stem}e")];
        candidates.extend(stem.strip_suffix('i').map(|short| format!("{short}y")));
        candidates.extend(undoubled(stem));
        self.first_base(upos, &candidates)
            .or_else(|| self.first_base(Upos::Adj, &candidates))
            .or_else(|| stem.strip_suffix('i').map(|short| format!("{short}y")))
            .or_else(|| undoubled(stem).filter(|_| !stem.ends_with("ll")))
    }
}

/// Lower case, with straight apostrophes.
pub fn dictionary_form(form: &str) -> String {
    if form.is_ascii() {
        form.to_ascii_lowercase()
    } else {
        form.to_lowercase().replace(['’', '‘', '´'], "'")
    }
}

/// Base of an irregular form, also behind a prefix: "overthrown", "retook".
fn irregular(low: &str, verbs: &BTreeMap<String, String>) -> Option<String> {
    if let Some(base) = verbs.get(low) {
        return Some(base.clone());
    }
    ["under", "over", "with", "out", "mis", "fore", "inter", "re", "un"].iter().find_map(|prefix| {
        let rest = low.strip_prefix(prefix).filter(|rest| rest.len() > 2)?;
        verbs.get(rest).filter(|base| base.as_str() != rest).map(|base| format!("{prefix}{base}"))
    })
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

fn has_vowel(stem: &str) -> bool {
    stem.chars().any(|c| is_vowel(c) || c == 'y')
}

/// "plann" → "plan".
fn undoubled(stem: &str) -> Option<String> {
    let mut last = stem.chars().rev();
    let (one, two) = (last.next()?, last.next()?);
    (one == two && !is_vowel(one)).then(|| stem[..stem.len() - one.len_utf8()].to_owned())
}

/// One consonant after one vowel after a consonant: such a stem would have doubled its consonant ("hoping", "hopping").
fn one_vowel_before_last(stem: &str) -> bool {
    let last: Vec<char> = stem.chars().rev().take(3).collect();
    match last[..] {
        [c, v, b] => !is_vowel(c) && !matches!(c, 'w' | 'x' | 'y') && is_vowel(v) && !is_vowel(b),
        _ => false,
    }
}

/// Does an unknown stem look as if an `e` had been dropped?
fn wants_e(stem: &str) -> bool {
    let last: Vec<char> = stem.chars().rev().take(3).collect();
    let [one, two, three] = last[..] else { return one_vowel_before_last(stem) };
    match one {
        'c' | 'v' | 'u' => true,
        'z' => two != 'z',
        's' => two != 's' && (is_vowel(two) || matches!(two, 'n' | 'r' | 'l' | 'p')),
        'g' => two == 'd' || (two == 'r') || (two == 'a' && three != 'e') || (two == 'n' && three == 'a'),
        'l' => matches!(two, 'b' | 'd' | 'f' | 'g' | 'k' | 'p' | 't' | 'z'),
        't' => matches!(two, 'a' | 'u' | 'o') && !is_vowel(three),
        'r' => matches!(two, 'i' | 'u') || (two == 'a' && !is_vowel(three)),
        'n' => two == 'i' && !is_vowel(three),
        'd' => matches!(two, 'a' | 'i' | 'u') && !is_vowel(three),
        'k' | 'm' | 'p' => {
            is_vowel(two) && !is_vowel(three) && stem.chars().filter(|c| is_vowel(*c)).count() == 1
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inflection() -> Inflection {
        Inflection::parse(&demarche_pack::builtin_files(), "en").expect("built in")
    }

    #[track_caller]
    fn check(upos: Upos, feats: &str, pairs: &[(&str, &str)]) {
        for lemmas in [Lemmas::default(), Lemmas::builtin()] {
            for (form, lemma) in pairs {
                let found = lemmas.inflected(form, &form.to_lowercase(), upos, feats, &inflection());
                assert_eq!(found.as_deref(), Some(*lemma), "{form}");
            }
        }
    }

    #[test]
    fn pasts_and_participles() {
        check(
            Upos::Verb,
            "Tense=Past|VerbForm=Part",
            &[
                ("announced", "announce"),
                ("stopped", "stop"),
                ("tried", "try"),
                ("withdrew", "withdraw"),
                ("overthrown", "overthrow"),
                ("retook", "retake"),
                ("annexed", "annex"),
                ("passed", "pass"),
                ("mobilised", "mobilise"),
                ("agreed", "agree"),
                ("required", "require"),
                ("called", "call"),
            ],
        );
    }

    #[test]
    fn plurals() {
        check(
            Upos::Noun,
            "Number=Plur",
            &[
                ("countries", "country"),
                ("Servicemen", "serviceman"),
                ("crises", "crisis"),
                ("bases", "base"),
                ("embargoes", "embargo"),
                ("clashes", "clash"),
                ("forces", "force"),
                ("missiles", "missile"),
            ],
        );
    }

    #[test]
    fn what_the_dictionary_knows_wins_over_the_network() {
        let lemmas = Lemmas::parse("= VERB meet\nDET an a\nPRON her she her\n");
        let keep: LemmaRule = serde_json::from_str(
            r#"{"case":"lower","cut_prefix":0,"add_prefix":"","cut_suffix":0,"add_suffix":""}"#,
        )
        .expect("a rule");
        assert_eq!(lemmas.lemma("An", Upos::Det, "", &keep, &inflection()), "a");
        assert_eq!(lemmas.lemma("her", Upos::Pron, "", &keep, &inflection()), "her");
    }
}
