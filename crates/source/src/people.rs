//! Reads bylines, biographies and lists of names: who wrote a document, and what the author is.

use demarche_pack::reading::Reading;

/// An author as printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Name without titles.
    pub name: String,
    /// What the author is, as printed: "political scientist".
    pub role: Option<String>,
}

/// Small words inside names.
const PARTICLES: &[&str] = &[
    "al", "bin", "bint", "da", "de", "del", "den", "der", "di", "dos", "du", "el", "ibn", "la", "le", "ten",
    "van", "von",
];

/// Splits the name off the beginning of a line: the name without titles, and what follows it.
fn leading_name<'a>(line: &'a str, reading: &Reading) -> Option<(&'a str, &'a str)> {
    let mut start = None;
    let mut end = 0;
    let mut count = 0;
    let mut at = 0;
    for word in line.split_inclusive(char::is_whitespace) {
        let here = at;
        at += word.len();
        let word = word.trim();
        let bare = word.trim_end_matches([',', ':', ';']);
        if start.is_none() && (word.is_empty() || reading.honorifics.iter().any(|title| title == bare)) {
            continue;
        }
        let initial = bare.len() <= 3 && bare.ends_with('.');
        let capital = bare.starts_with(char::is_uppercase) && (initial || !bare.ends_with(['.', '!', '?']));
        let particle = count > 0 && PARTICLES.contains(&bare);
        if !(capital || particle)
            || bare.chars().any(|letter| letter.is_numeric() || "“”\"()".contains(letter))
        {
            break;
        }
        start.get_or_insert(here);
        end = here + bare.len();
        count += 1;
        if bare.len() < word.len() || count == 5 {
            break;
        }
    }
    let start = start?;
    (count >= 2).then(|| (&line[start..end], &line[end..]))
}

/// True if a role of the packs stands among the first words.
fn role_at<'a>(words: &'a str, reading: &Reading) -> Option<&'a str> {
    let lower = words.to_lowercase();
    // Lower case may change the length of a word; then the offsets would not hold.
    if lower.len() != words.len() {
        return None;
    }
    let window = lower
        .split_whitespace()
        .take(10)
        .last()
        .map_or(0, |last| last.as_ptr() as usize - lower.as_ptr() as usize + last.len());
    let mut best: Option<(usize, usize)> = None;
    for role in &reading.author_roles {
        for (at, _) in lower[..window].match_indices(role.as_str()) {
            let before = lower[..at].chars().next_back();
            let after = lower[at + role.len()..].chars().next();
            let whole = !before.is_some_and(char::is_alphanumeric)
                && !after.is_some_and(|letter| letter.is_alphanumeric() || letter == '-');
            if whole && best.is_none_or(|(first, last)| (at, last) < (first, at + role.len())) {
                best = Some((at, at + role.len()));
            }
        }
    }
    let (_, end) = best?;
    // The role begins after the last comma, article or verb before it: "is a senior [fellow]".
    let articles =
        ["a", "an", "the", "is", "was", "are", "were", "and", "as", "of", "for", "his", "her", "their"];
    let (at, _) = best?;
    let mut start = at;
    let mut before = words[..at].trim_end();
    while let Some(word) = before.split_whitespace().next_back() {
        if word.ends_with([',', ';', ':', '.', '|', '–', '—', '-'])
            || articles.contains(&word.to_lowercase().as_str())
        {
            break;
        }
        start = before.len() - word.len();
        before = before[..start].trim_end();
    }
    Some(words[start..end].trim())
}

/// Reads the author off a byline: "By Jane Doe, diplomatic correspondent", "Jane Doe and John Roe".
pub fn from_byline(line: &str, reading: &Reading) -> Option<Person> {
    let mut line = line.trim();
    let lower = line.to_lowercase();
    let opening = reading.byline_words.iter().filter(|word| {
        lower.strip_prefix(word.as_str()).is_some_and(|rest| rest.starts_with([' ', ':', '\u{A0}']))
    });
    if let Some(word) = opening.max_by_key(|word| word.len()) {
        line = line.get(word.len()..)?.trim_start_matches([' ', ':', '\u{A0}']);
    }
    let end = line.find(['|', '•', '·', '\n']).unwrap_or(line.len());
    let line = line[..end].trim().trim_end_matches('.');
    let (name, rest) = leading_name(line, reading)?;
    let mut name = name.to_owned();
    let mut after = rest.trim_start();
    let mut others = after;
    // Further authors belong to the byline.
    while let Some(next) = reading.joining_words.iter().find_map(|word| others.strip_prefix(word.as_str())) {
        let Some((_, rest)) = leading_name(next.trim_start(), reading).filter(|_| next.starts_with(' '))
        else {
            break;
        };
        let joined = &line[..line.len() - rest.len()];
        let first = joined.find(name.as_str()).unwrap_or(0);
        name = joined[first..].to_owned();
        others = rest.trim_start();
        after = others;
    }
    let role = after.trim_start_matches([',', ' ']);
    let role = role.split([',', ';']).next().unwrap_or_default();
    let role = role_at(role, reading).map(|_| role.trim().to_owned());
    Some(Person { name, role })
}

/// Reads the author off a biography: "Professor Jane Doe, political scientist, …", "John Roe teaches law at …".
pub fn from_biography(words: &str, reading: &Reading) -> Option<Person> {
    let (name, rest) = leading_name(words, reading)?;
    if words.split_whitespace().count() > 90 || words.contains(['“', '"']) {
        return None;
    }
    let made = |role: Option<&str>| Some(Person { name: name.to_owned(), role: role.map(str::to_owned) });
    let is_verb = |word: &str| reading.author_verbs.iter().any(|verb| verb == word);
    if let Some(described) = rest.strip_prefix(',') {
        let role = role_at(described, reading)?;
        let words_of: Vec<&str> = described.split_whitespace().collect();
        let states = words_of.windows(2).any(|pair| pair[0].ends_with(',') && is_verb(pair[1]));
        // Without a stop it is a label, with one it needs the verb of a biography.
        return (!words.ends_with('.') || states).then(|| made(Some(role))).flatten();
    }
    let verb = rest.split_whitespace().next()?;
    if !is_verb(verb) {
        return None;
    }
    let after = rest.trim_start().strip_prefix(verb)?;
    match role_at(after, reading) {
        Some(role) => made(Some(role)),
        // "Jane Doe covers the region for the Herald" has no role; "Jane Doe is ready to talk" is no biography.
        None if !["is", "was", "has", "holds", "heads", "leads"].contains(&verb) => made(None),
        None => None,
    }
}

/// Splits "Reuters, AP and EFE" into names; words that are no names are left out.
pub fn split_names(line: &str, reading: &Reading) -> Vec<String> {
    let mut names = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    let mut close = |open: &mut Vec<&str>| {
        if !open.is_empty() {
            names.push(open.join(" "));
            open.clear();
        }
    };
    let line = line.trim_matches(['(', ')', '[', ']', '.', ' ']);
    for word in line.split(|letter: char| letter.is_whitespace() || letter == '/') {
        let bare = word.trim_matches([',', '.', ';', ':', '(', ')']);
        let joins = reading.joining_words.iter().any(|join| join == &bare.to_lowercase());
        let is_name = bare.starts_with(char::is_uppercase)
            || (bare.len() == 3 && bare.chars().all(char::is_alphabetic));
        if joins || !is_name {
            close(&mut open);
            continue;
        }
        open.push(bare);
        if word.ends_with([',', ';']) {
            close(&mut open);
        }
    }
    close(&mut open);
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use demarche_pack::builtin_files;

    fn reading() -> Reading {
        Reading::parse(&builtin_files()).expect("built-in packs are sound")
    }

    fn biography(words: &str) -> Option<(String, Option<String>)> {
        from_biography(words, &reading()).map(|person| (person.name, person.role))
    }

    fn byline(line: &str) -> Option<(String, Option<String>)> {
        from_byline(line, &reading()).map(|person| (person.name, person.role))
    }

    fn person(name: &str, role: &str) -> Option<(String, Option<String>)> {
        Some((name.to_owned(), (!role.is_empty()).then(|| role.to_owned())))
    }

    #[test]
    fn biographies_give_name_and_role() {
        assert_eq!(
            biography(
                "Professor (h.c.) Jane DOE, political scientist, journalist, chief editor of the Herald"
            ),
            person("Jane DOE", "political scientist")
        );
        assert_eq!(
            biography("John Roe is a senior fellow at the Institute of Peace."),
            person("John Roe", "senior fellow")
        );
        assert_eq!(biography("Jane van der Doe teaches law in Oslo."), person("Jane van der Doe", ""));
        assert_eq!(
            biography("Jane Doe, a former diplomat, is writing a book."),
            person("Jane Doe", "former diplomat")
        );
    }

    #[test]
    fn prose_about_people_is_no_biography() {
        assert_eq!(biography("Jane Doe, a professor in Oslo, said the deal was dead."), None);
        assert_eq!(biography("John Roe is ready to talk."), None);
        assert_eq!(biography("The army is on alert."), None);
    }

    #[test]
    fn bylines_give_name_and_role() {
        assert_eq!(byline("By Jane Doe"), person("Jane Doe", ""));
        assert_eq!(byline("By Jane Doe and John Roe"), person("Jane Doe and John Roe", ""));
        assert_eq!(
            byline("By Jane Doe, diplomatic correspondent"),
            person("Jane Doe", "diplomatic correspondent")
        );
        assert_eq!(byline("Updated yesterday"), None);
    }

    #[test]
    fn lists_of_agencies_are_split() {
        assert_eq!(split_names("Reuters and EFE", &reading()), ["Reuters", "EFE"]);
        assert_eq!(
            split_names("(With AP, Agence France-Presse and dpa)", &reading()),
            ["AP", "Agence France-Presse", "dpa"]
        );
    }
}
