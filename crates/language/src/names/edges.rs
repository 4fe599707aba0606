//! Where names end that the network runs together with what stands beside them: addresses, titles, the region of a town.

use crate::{Analysis, Name, NameKind, WordId};
use demarche_pack::Pack;
use demarche_pack::titles::NounKind;
use demarche_pack::world::SenseKind;
use demarche_record::Precision;
use std::ops::Range;

/// Ends of the names of files.
const FILE_ENDS: [&str; 13] =
    ["doc", "docx", "xls", "xlsx", "ppt", "pptx", "pdf", "txt", "rtf", "zip", "jpg", "jpeg", "htm"];

/// Names without what is none.
pub(super) fn trimmed(analysis: &Analysis, pack: &Pack, names: Vec<Name>) -> Vec<Name> {
    let mut all = Vec::with_capacity(names.len());
    for name in names {
        for part in without_addresses(analysis, &name.words) {
            let mut part = Name { words: part, kind: name.kind };
            if let Some(town) = town_in_front(analysis, pack, &part) {
                part.words.start = town.end;
                all.push(Name { words: town, kind: NameKind::Polity });
            }
            match part.kind {
                _ if is_title(analysis, pack, &part.words) => {}
                NameKind::Person => all.push(without_titles(analysis, pack, with_first_name(analysis, part))),
                NameKind::Location | NameKind::Polity => all.extend(town_and_region(analysis, pack, part)),
                NameKind::Organisation => all.push(without_people(analysis, pack, part)),
                _ => all.push(part),
            }
        }
    }
    all
}

/// An address of the network or a file is called by no name: "Ann Lee annlee@example.org".
fn without_addresses(analysis: &Analysis, words: &Range<u32>) -> Vec<Range<u32>> {
    let mut parts = Vec::new();
    let mut start = words.start;
    for word in words.clone() {
        if is_address(analysis.form(WordId(word))) {
            parts.push(start..word);
            start = word + 1;
        }
    }
    parts.push(start..words.end);
    parts.retain(|part| !part.is_empty());
    parts
}

/// True for an e-mail address, the address of a page, and the name of a file. A bare domain may be the name of a firm: "Booking.com".
fn is_address(form: &str) -> bool {
    let mail = form.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.'));
    let file = form.rsplit_once('.').is_some_and(|(stem, end)| {
        !stem.is_empty() && FILE_ENDS.iter().any(|it| end.eq_ignore_ascii_case(it))
    });
    mail || file || form.contains("://") || form.starts_with("www.")
}

/// True for a title or an office alone, which names nobody: "President", in capitals "PRESIDENT".
fn is_title(analysis: &Analysis, pack: &Pack, words: &Range<u32>) -> bool {
    let form = analysis.form(WordId(words.start));
    words.len() == 1
        && pack.world.senses(form).next().is_none()
        && (pack.titles.is_honorific(form)
            || pack.titles.noun(&form.to_lowercase()).is_some_and(|noun| noun.kind == NounKind::Person))
}

/// "Said Doe": a first name that the network took for a verb, and that the tree gives back to the name.
fn with_first_name(analysis: &Analysis, mut name: Name) -> Name {
    if let Some(before) = name.words.start.checked_sub(1).map(WordId) {
        let first = analysis.word(WordId(name.words.start));
        let joined = first.head == Some(before) && first.deprel == "flat";
        if joined && analysis.form(before) == "Said" {
            name.words.start = before.0;
        }
    }
    name
}

/// "In Pinsk Alexander Doe said", "In Saki Tatar elders met": a town behind a preposition of place that the network runs
/// together with whoever acts there.
fn town_in_front(analysis: &Analysis, pack: &Pack, name: &Name) -> Option<Range<u32>> {
    let runs = matches!(name.kind, NameKind::Person | NameKind::Nationality | NameKind::Organisation);
    let Range { start, end } = name.words;
    let before = start.checked_sub(1).map(|at| analysis.form(WordId(at)).to_lowercase());
    if !runs || end - start < 2 || !before.is_some_and(|it| pack.placing.strict.contains(&it)) {
        return None;
    }
    let text = |words: Range<u32>| {
        let last = analysis.word(WordId(words.end - 1)).span;
        analysis.text(analysis.word(WordId(words.start)).span.cover(last))
    };
    let known = |text: &str| pack.world.senses(text).next().is_some();
    if known(text(start..end)) || pack.places.is_town(text(start..end)) {
        return None;
    }
    (start + 1..end).rev().map(|cut| start..cut).find(|town| {
        let first = analysis.form(WordId(town.end));
        let somebody = name.kind == NameKind::Nationality
            || known(text(town.end..end))
            || pack.titles.is_honorific(first)
            || pack.titles.noun(&first.to_lowercase()).is_some_and(|noun| noun.kind == NounKind::Person)
            || end - town.end > 1 && pack.titles.given_gender(first).is_some();
        somebody
            && pack.places.is_town(text(town.clone()))
            && pack.titles.given_gender(analysis.form(WordId(start))).is_none()
    })
}

/// A title in front of a person's name does not belong to it. What the packs know under the whole name keeps it.
fn without_titles(analysis: &Analysis, pack: &Pack, mut name: Name) -> Name {
    let text = |words: &Range<u32>| {
        let last = analysis.word(WordId(words.end - 1)).span;
        analysis.text(analysis.word(WordId(words.start)).span.cover(last))
    };
    while name.words.len() > 1 && pack.world.senses(text(&name.words)).next().is_none() {
        let first = analysis.form(WordId(name.words.start));
        let next = analysis.form(WordId(name.words.start + 1));
        // "His Holiness Doe".
        let owned = matches!(first, "His" | "Her" | "Their") && pack.titles.excellencies.contains(next);
        let address = pack.titles.is_honorific(first) || pack.titles.excellencies.contains(first) || owned;
        // "Tajik President Doe": a nation in front of an office.
        let nation = || pack.world.senses(first).any(|sense| sense.kind == SenseKind::Demonym);
        let office = |form: &str| pack.titles.noun(&form.to_lowercase()).is_some();
        if !(address || office(first) || name.words.len() > 2 && office(next) && nation()) {
            break;
        }
        name.words.start += 1;
    }
    while name.words.len() > 1
        && pack.titles.post_nominals.contains(analysis.form(WordId(name.words.end - 1)))
    {
        name.words.end -= 1;
    }
    name
}

/// "INTERFET soldiers" are people of a body.
fn without_people(analysis: &Analysis, pack: &Pack, mut name: Name) -> Name {
    let people = |at: u32| {
        let word = analysis.word(WordId(at));
        let lemma = word.lemma.to_lowercase();
        let small = analysis.form(WordId(at)).starts_with(char::is_lowercase);
        small
            && word.upos == crate::Upos::Noun
            && (pack.units.class(&lemma) == Some("personnel")
                || pack.titles.noun(&lemma).is_some_and(|noun| noun.kind == NounKind::Person))
    };
    while name.words.len() > 1 && people(name.words.end - 1) {
        name.words.end -= 1;
    }
    name
}

/// A town and the region or country that it lies in are two names also where no comma parts them: "Fresno California".
fn town_and_region(analysis: &Analysis, pack: &Pack, name: Name) -> Vec<Name> {
    let join = |words: Range<u32>| {
        let forms: Vec<&str> = analysis.ids(&words).map(|word| analysis.form(word)).collect();
        forms.join(" ")
    };
    let Range { start, end } = name.words;
    let parted = |cut: &u32| {
        let (town, region) = (join(start..*cut), join(*cut..end));
        let whole = pack.places.named(&region).filter(|it| {
            matches!(it.precision, Precision::Country | Precision::Region) && !it.feature && !it.wide
        });
        let countries: Vec<_> = whole.map(|it| &it.country).collect();
        pack.places.named(&town).any(|it| {
            !matches!(it.precision, Precision::Country | Precision::Region)
                && countries.contains(&&it.country)
        })
    };
    let known = end - start > 1 && pack.places.named(&join(start..end)).next().is_some();
    match (start + 1..end).find(parted).filter(|_| !known) {
        Some(cut) => {
            vec![Name { words: start..cut, ..name }, Name { words: cut..end, kind: NameKind::Polity }]
        }
        None => vec![name],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_files_are_told_from_firms() {
        for form in
            ["ann.lee@example.org", "Budget_2024.xls", "Annex.PDF", "https://example.org", "www.example.org"]
        {
            assert!(is_address(form), "{form}");
        }
        for form in ["Booking.com", "St.", "U.S.", "Ann@DESK", "J.P.", ".doc"] {
            assert!(!is_address(form), "{form}");
        }
    }
}
