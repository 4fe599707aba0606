//! What is known of a document from outside its text: sidecar, front matter, page metadata, feed.

use demarche_pack::Pack;
use demarche_pack::reading::Reading;

/// What the user, a sidecar or front matter says. It beats everything found in the document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Declared {
    /// Publication date as given: ISO 8601 or a printed date.
    pub published: Option<String>,
    /// Outlet.
    pub outlet: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Title.
    pub title: Option<String>,
    /// Author.
    pub byline: Option<String>,
    /// ISO 639-1 code.
    pub language: Option<String>,
}

impl Declared {
    /// Takes over what `other` says where `self` says nothing.
    pub fn or(self, other: Declared) -> Self {
        Self {
            published: self.published.or(other.published),
            outlet: self.outlet.or(other.outlet),
            url: self.url.or(other.url),
            title: self.title.or(other.title),
            byline: self.byline.or(other.byline),
            language: self.language.or(other.language),
        }
    }

    /// Takes one pair of front matter or of a sidecar; `false` if the key is not known.
    pub fn set(&mut self, key: &str, value: &str) -> bool {
        let slot = match key.to_lowercase().as_str() {
            "published" | "date" | "published_at" | "publication_date" | "datepublished" | "pubdate" => {
                &mut self.published
            }
            "outlet" | "source" | "publisher" | "publication" | "site" | "sitename" => &mut self.outlet,
            "url" | "link" | "canonical" | "source_url" | "permalink" => &mut self.url,
            "title" | "headline" => &mut self.title,
            "author" | "byline" | "authors" => &mut self.byline,
            "language" | "lang" => &mut self.language,
            _ => return false,
        };
        let value = value.trim();
        if slot.is_none() && !value.is_empty() {
            *slot = Some(value.to_owned());
        }
        true
    }
}

/// What page, feed or archive say about a document, with what was declared already laid over it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// Title without the name of the site.
    pub title: Option<String>,
    /// Author as printed.
    pub byline: Option<String>,
    /// What the author is.
    pub author_role: Option<String>,
    /// Name of the outlet.
    pub outlet: Option<String>,
    /// Canonical address.
    pub url: Option<String>,
    /// Publication date as given by the metadata.
    pub published: Option<String>,
    /// Publication date as declared by the user, a sidecar or front matter.
    pub declared: Option<String>,
    /// Date found by other means on the page, weaker than metadata.
    pub weak_date: Option<String>,
    /// Sections, genres and schema.org types.
    pub sections: Vec<String>,
    /// ISO 639-1 code.
    pub language: Option<String>,
    /// True if the page says that its text is not free.
    pub paywalled: bool,
}

impl Metadata {
    /// Takes over what `other` says where `self` says nothing.
    pub fn or(self, other: Metadata) -> Self {
        let mut sections = self.sections;
        sections.extend(other.sections);
        Self {
            title: self.title.or(other.title),
            byline: self.byline.or(other.byline),
            author_role: self.author_role.or(other.author_role),
            outlet: self.outlet.or(other.outlet),
            url: self.url.or(other.url),
            published: self.published.or(other.published),
            declared: self.declared.or(other.declared),
            weak_date: self.weak_date.or(other.weak_date),
            sections,
            language: self.language.or(other.language),
            paywalled: self.paywalled || other.paywalled,
        }
    }

    /// Lays what was declared over what was found.
    pub fn declare(mut self, declared: &Declared) -> Self {
        let over = |one: &Option<String>, two: Option<String>| one.clone().or(two);
        self.title = over(&declared.title, self.title);
        self.byline = over(&declared.byline, self.byline);
        self.outlet = over(&declared.outlet, self.outlet);
        self.url = over(&declared.url, self.url);
        self.language = over(&declared.language, self.language);
        self.declared = over(&declared.published, self.declared);
        self
    }
}

/// The host of an address, without port and `www.`.
pub fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest).trim_start_matches("//");
    let host = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?;
    let host = host.split(':').next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    (host.contains('.') && !host.contains(char::is_whitespace)).then_some(host)
}

/// Takes the name of the site off a title: "Talks fail - The Herald", "Talks fail | World | Herald".
pub fn without_site<'a>(title: &'a str, site: Option<&str>, host: Option<&str>) -> &'a str {
    let mut title = title.trim();
    let site = site.map(crate::blocks::squash).filter(|site| !site.is_empty());
    let host = host.map(|host| host.split('.').next().map(crate::blocks::squash).unwrap_or_default());
    for separator in [" | ", " - ", " – ", " — ", " · ", " » ", " :: "] {
        while let Some((before, after)) = title.rsplit_once(separator) {
            let tail = crate::blocks::squash(after);
            let names = |known: &Option<String>| {
                known.as_ref().is_some_and(|known| {
                    known.len() >= 2
                        && !tail.is_empty()
                        && (tail == *known || known.contains(&tail) || tail.contains(known))
                })
            };
            if before.split_whitespace().count() < 2 || !(names(&site) || names(&host)) {
                break;
            }
            title = before.trim_end();
        }
    }
    title
}

/// A byline of the metadata without addresses, "By" and the name of the outlet; `None` if nothing is left.
pub fn clean_byline(byline: &str, outlet: Option<&str>, reading: &Reading, pack: &Pack) -> Option<String> {
    let mut line = byline.trim();
    let lower = line.to_lowercase();
    for word in &reading.byline_words {
        if lower.starts_with(&format!("{word} ")) || lower.starts_with(&format!("{word}: ")) {
            line = line.get(word.len()..)?.trim_start_matches([' ', ':']);
            break;
        }
    }
    let is_address = line.contains("://") || line.starts_with("www.") || line.contains('@');
    let squashed = crate::blocks::squash(line);
    let is_outlet = outlet.is_some_and(|outlet| crate::blocks::squash(outlet) == squashed)
        || pack.world.senses(line).any(|sense| pack.world.actor(&sense.actor).is_some());
    let letters = line.chars().filter(|letter| letter.is_alphabetic()).count();
    (!is_address && !is_outlet && letters >= 3 && line.len() <= 200).then(|| line.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_read_off_addresses() {
        assert_eq!(host("https://www.herald.example:8080/a/b"), Some("herald.example"));
        assert_eq!(host("herald.example/a"), Some("herald.example"));
        assert_eq!(host("not an address"), None);
    }

    #[test]
    fn the_name_of_the_site_is_taken_off_titles() {
        let check = |title: &str, site: Option<&str>, expected: &str| {
            assert_eq!(without_site(title, site, Some("herald.example")), expected);
        };
        check("Talks fail again - The Morning Herald", Some("The Morning Herald"), "Talks fail again");
        check("Talks fail again | Herald", None, "Talks fail again");
        check("Talks fail - what now", Some("Morning Herald"), "Talks fail - what now");
    }

    #[test]
    fn the_first_value_of_a_key_stands() {
        let mut declared = Declared::default();
        assert!(declared.set("Date", " 2022-01-28 "));
        assert!(declared.set("published", "2023-01-01"));
        assert!(!declared.set("mood", "good"));
        assert_eq!(declared.published.as_deref(), Some("2022-01-28"));
    }
}
