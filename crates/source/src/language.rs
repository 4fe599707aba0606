//! Tells in which language a text is written.

use whatlang::Lang;

/// The ISO 639-1 code of a text and whether the detector is sure; `None` if there is too little text.
pub fn detect(text: &str) -> Option<(&'static str, bool)> {
    // The first few thousand characters decide; more only cost time.
    let mut end = text.len().min(8 * 1024);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let sample = &text[..end];
    if sample.chars().filter(|letter| letter.is_alphabetic()).count() < 20 {
        return None;
    }
    let info = whatlang::detect(sample)?;
    // A sentence full of foreign names has too few letter sequences of its own: words that only English has decide.
    if info.lang() != Lang::Eng && sample.len() < SHORT && english_words(sample) > 0 {
        return Some(("en", false));
    }
    Some((iso_639_1(info.lang()), info.is_reliable()))
}

/// Bytes up to which the statistics of letters are not trusted against plain words.
pub const SHORT: usize = 400;

/// Frequent words that none of the languages mistaken for English spells so.
#[rustfmt::skip]
const ENGLISH: &[&str] = &[
    "the", "and", "with", "from", "were", "have", "has", "that", "said", "would", "could", "should", "his",
    "their", "which", "after", "before", "this", "than", "who", "been", "into", "about", "against", "between",
    "january", "february", "march", "june", "july", "august", "october", "monday", "tuesday", "wednesday",
    "thursday", "friday", "saturday", "sunday",
];

fn english_words(sample: &str) -> usize {
    let words = sample.split(|letter: char| !letter.is_alphabetic());
    words.filter(|word| ENGLISH.contains(&word.to_lowercase().as_str())).count()
}

/// The two-letter code; the language's own three-letter code where it has none here.
#[rustfmt::skip]
fn iso_639_1(lang: Lang) -> &'static str {
    match lang.code() {
        "afr" => "af", "aka" => "ak", "amh" => "am", "ara" => "ar", "aze" => "az", "bel" => "be", "ben" => "bn",
        "bul" => "bg", "cat" => "ca", "ces" => "cs", "cmn" => "zh", "cym" => "cy", "dan" => "da", "deu" => "de",
        "ell" => "el", "eng" => "en", "epo" => "eo", "est" => "et", "fin" => "fi", "fra" => "fr", "guj" => "gu",
        "heb" => "he", "hin" => "hi", "hrv" => "hr", "hun" => "hu", "hye" => "hy", "ind" => "id", "ita" => "it",
        "jav" => "jv", "jpn" => "ja", "kan" => "kn", "kat" => "ka", "khm" => "km", "kor" => "ko", "lat" => "la",
        "lav" => "lv", "lit" => "lt", "mal" => "ml", "mar" => "mr", "mkd" => "mk", "mya" => "my", "nep" => "ne",
        "nld" => "nl", "nob" => "nb", "ori" => "or", "pan" => "pa", "pes" => "fa", "pol" => "pl", "por" => "pt",
        "ron" => "ro", "rus" => "ru", "sin" => "si", "slk" => "sk", "slv" => "sl", "sna" => "sn", "spa" => "es",
        "srp" => "sr", "swe" => "sv", "tam" => "ta", "tel" => "te", "tgl" => "tl", "tha" => "th", "tuk" => "tk",
        "tur" => "tr", "ukr" => "uk", "urd" => "ur", "uzb" => "uz", "vie" => "vi", "yid" => "yi", "zul" => "zu",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_apart() {
        let check =
            |text: &str, code: &str| assert_eq!(detect(text).map(|(found, _)| found), Some(code), "{text}");
        check("The two presidents spoke by telephone on Friday about the situation at the border.", "en");
        check("Le président de la République s'est entretenu vendredi avec son homologue russe.", "fr");
        check("Президент провёл телефонный разговор с президентом Франции о положении на границе.", "ru");
        check("Emmanuel Macron met Vladimir Putin in Moscow on February 7, 2022.", "en");
        check("Macron heeft in Moskou met Poetin gesproken over de troepen.", "nl");
        assert_eq!(detect("12.05"), None);
    }
}
