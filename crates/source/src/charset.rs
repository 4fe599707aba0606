//! Finds the encoding of outside bytes and decodes them: byte order mark, then the declaration, then detection.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Decoded text and what had to be done for it.
#[derive(Debug)]
pub struct Decoded {
    /// The text, without byte order mark.
    pub text: String,
    /// Name of the encoding that was used.
    pub encoding: &'static str,
    /// How many characters U+FFFD stand for bytes that could not be decoded.
    pub replaced: usize,
    /// The declared encoding, where it was not believed.
    pub declared_wrong: Option<String>,
}

/// What bytes are that are no text, with the first byte that shows it; `None` for text.
pub fn binary(bytes: &[u8]) -> Option<(&'static str, usize)> {
    const MAGIC: &[(&[u8], &str)] = &[
        (b"%PDF", "a PDF file"),
        (b"PK\x03\x04", "a ZIP archive or office document"),
        (b"\xD0\xCF\x11\xE0", "an old office document"),
        (b"\x89PNG", "a PNG image"),
        (b"\xFF\xD8\xFF", "a JPEG image"),
        (b"GIF8", "a GIF image"),
        (b"SQLite format 3\0", "an SQLite database"),
        (b"\x7FELF", "a program"),
        (b"{\\rtf", "an RTF document"),
        (b"\x28\xB5\x2F\xFD", "a Zstandard archive"),
        (b"BZh", "a bzip2 archive"),
        (b"\xFD7zXZ", "an XZ archive"),
    ];
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Some((what, 0));
    }
    if Encoding::for_bom(bytes).is_some() || utf16_without_mark(bytes).is_some() {
        return None;
    }
    let sample = &bytes[..bytes.len().min(64 * 1024)];
    if let Some(at) = sample.iter().position(|byte| *byte == 0) {
        return Some(("binary data", at));
    }
    let is_control = |byte: &u8| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0B | 0x0C | 0x1B);
    let controls = sample.iter().filter(|byte| is_control(byte)).count();
    let first = sample.iter().position(is_control);
    // Stray control characters occur in real text; one in fifty does not.
    first.filter(|_| controls * 50 > sample.len()).map(|at| ("binary data", at))
}

/// UTF-16 shows itself without mark where nearly every second byte is zero.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096) & !1];
    let pairs = sample.len() / 2;
    if pairs < 8 {
        return None;
    }
    let zeros = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if odd * 10 > pairs * 8 && even * 20 < pairs {
        Some(UTF_16LE)
    } else if even * 10 > pairs * 8 && odd * 20 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Decodes bytes. `declared` is the label that the page, feed or header gives.
pub fn decode(bytes: &[u8], declared: Option<&str>) -> Decoded {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return with(encoding, &bytes[length..], None);
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return with(encoding, bytes, None);
    }
    let label = declared.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    // A page that can be read byte by byte is not UTF-16, whatever it says; browsers read it as UTF-8.
    let label =
        label.map(|encoding| if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding });
    let valid = std::str::from_utf8(bytes).is_ok();
    if valid && (label.is_none() || label == Some(UTF_8) || !bytes.is_ascii()) {
        // Text in another encoding is practically never valid UTF-8 by accident.
        let wrong = label.filter(|encoding| *encoding != UTF_8).and(declared).map(str::to_owned);
        return with(UTF_8, bytes, wrong);
    }
    if let Some(encoding) = label.filter(|encoding| *encoding != UTF_8) {
        return with(encoding, bytes, None);
    }
    let as_utf8 = with(UTF_8, bytes, None);
    let foreign = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    if as_utf8.replaced * 2 <= foreign {
        // Most bytes outside ASCII do decode: the text is damaged, not in another encoding.
        return as_utf8;
    }
    with(detect(bytes), bytes, label.and(declared).map(str::to_owned))
}

fn detect(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Allow)
}

fn with(encoding: &'static Encoding, bytes: &[u8], declared_wrong: Option<String>) -> Decoded {
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    let text = text.into_owned();
    let replaced = if had_errors { text.matches('\u{FFFD}').count() } else { 0 };
    Decoded { text, encoding: encoding.name(), replaced, declared_wrong }
}

/// The encoding that a page or feed declares in its first kilobytes: `<meta charset>`, `http-equiv`, `<?xml encoding`.
pub fn declared_in(bytes: &[u8]) -> Option<String> {
    let head = &bytes[..bytes.len().min(4096)];
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let value = |after: &str| {
        let rest = after.trim_start().strip_prefix('=')?.trim_start();
        let rest = rest.trim_start_matches(['"', '\'']);
        let end = rest.find(|letter: char| !(letter.is_ascii_alphanumeric() || "-_:.".contains(letter)))?;
        (end > 0).then(|| rest[..end].to_owned())
    };
    if let Some(declaration) = head.trim_start().strip_prefix("<?xml") {
        let declaration = declaration.split("?>").next().unwrap_or_default();
        if let Some((_, after)) = declaration.split_once("encoding") {
            return value(after);
        }
    }
    head.match_indices("<meta").find_map(|(at, _)| {
        let tag = head[at..].split('>').next().unwrap_or_default();
        let after = tag.split_once("charset")?.1;
        value(&format!("{after}>"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_beats_the_declaration() {
        let mut bytes = vec![0xFF, 0xFE];
        bytes.extend("Élysée".encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(decode(&bytes, Some("windows-1251")).text, "Élysée");
    }

    #[test]
    fn a_declaration_beats_detection() {
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode("Москва");
        let decoded = decode(&bytes, Some("windows-1251"));
        assert_eq!(decoded.text, "Москва");
        assert_eq!(decoded.encoding, "windows-1251");
    }

    #[test]
    fn legacy_text_without_declaration_is_detected() {
        let (bytes, _, _) = encoding_rs::WINDOWS_1252
            .encode("Le président a déclaré qu’il était prêt à négocier dès février à Genève avec l’Élysée.");
        assert!(decode(&bytes, None).text.contains("président a déclaré qu’il était prêt"));
    }

    #[test]
    fn utf8_that_calls_itself_latin_is_read_as_utf8() {
        let decoded = decode("Volodymyr Zelenskyy in Zürich – “ja”".as_bytes(), Some("iso-8859-1"));
        assert!(decoded.text.contains("Zürich – “ja”"));
        assert_eq!(decoded.declared_wrong.as_deref(), Some("iso-8859-1"));
    }

    #[test]
    fn damage_is_counted_and_placed() {
        let decoded =
            decode(b"Talks in Z\xFCrich, M\xC3\xBCnchen, K\xC3\xB6ln and K\xC3\xB8benhavn", Some("utf-8"));
        assert_eq!(decoded.replaced, 1);
        assert!(decoded.text.starts_with("Talks in Z\u{FFFD}rich"));
        assert!(decoded.text.contains("München"));
    }

    #[test]
    fn declarations_are_found() {
        assert_eq!(declared_in(b"<html><meta charset=\"KOI8-R\">").as_deref(), Some("koi8-r"));
        let old = b"<meta http-equiv='Content-Type' content='text/html; charset=gb2312'>";
        assert_eq!(declared_in(old).as_deref(), Some("gb2312"));
        assert_eq!(
            declared_in(b"<?xml version='1.0' encoding='windows-1252'?>").as_deref(),
            Some("windows-1252")
        );
    }

    #[test]
    fn binary_is_told_from_text() {
        assert_eq!(binary(b"%PDF-1.7 ..."), Some(("a PDF file", 0)));
        assert_eq!(binary(b"abc\0def"), Some(("binary data", 3)));
        assert_eq!(binary("Text – with dashes\r\n".as_bytes()), None);
    }
}
