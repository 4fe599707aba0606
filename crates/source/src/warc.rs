//! Web archives (WARC): each page or text record is a document. A damaged record is reported and skipped; reading goes on
//! at the next record that can be found.

use crate::metadata::Metadata;
use crate::{Fault, Hints, ReadError, charset, read_text};
use demarche_pack::Pack;
use demarche_record::Document;
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use std::io::Read;

const MARK: &[u8] = b"WARC/1.";
/// A record with a longer header is damaged.
const MAX_HEADER: usize = 64 * 1024;

/// True if bytes begin like an archive.
pub fn is_warc(bytes: &[u8]) -> bool {
    bytes.starts_with(MARK)
}

/// Reads the records of an archive that have text.
pub fn read(bytes: &[u8], hints: &Hints, pack: &Pack) -> Vec<Result<Document, ReadError>> {
    let mut documents = Vec::new();
    let mut at = 0;
    let mut number = 0;
    while at < bytes.len() {
        number += 1;
        let hints = hints.entry(number);
        match record(&bytes[at..]) {
            Ok((record, length)) => {
                documents.extend(document(&record, &hints, pack));
                at += length;
            }
            Err(reason) => {
                let fault = Fault::Malformed {
                    format: "web archive record",
                    line: None,
                    reason: format!("{reason} (byte {at})"),
                    remedy: "the records after it are read; fetch the archive again for this one",
                };
                documents.push(Err(ReadError::new(&hints.file, fault)));
                at += MARK.len();
            }
        }
        // Records begin on a line of their own; whatever lies before the next one is skipped.
        at += next_record(&bytes[at.min(bytes.len())..]);
    }
    if documents.is_empty() {
        documents.push(Err(ReadError::new(&hints.file, Fault::NoText)));
    }
    documents
}

/// Bytes to the next record, or to the end.
fn next_record(bytes: &[u8]) -> usize {
    let mut from = 0;
    while let Some(offset) = bytes[from..].windows(MARK.len()).position(|window| window == MARK) {
        let at = from + offset;
        if at == 0 || bytes[at - 1] == b'\n' {
            return at;
        }
        from = at + 1;
    }
    bytes.len()
}

struct Record<'a> {
    kind: String,
    address: Option<String>,
    content_type: String,
    body: &'a [u8],
}

fn record(bytes: &[u8]) -> Result<(Record<'_>, usize), String> {
    let window = &bytes[..bytes.len().min(MAX_HEADER)];
    let (end, gap) = match (find(window, b"\r\n\r\n"), find(window, b"\n\n")) {
        (Some(one), Some(two)) if two < one => (two, 2),
        (Some(one), _) => (one, 4),
        (None, Some(two)) => (two, 2),
        (None, None) => return Err("its header does not end".to_owned()),
    };
    let header = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let field = |name: &str| {
        header.lines().skip(1).find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.trim().eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
        })
    };
    let length: usize = field("Content-Length")
        .ok_or("it has no length")?
        .parse()
        .map_err(|_| "its length is no number".to_owned())?;
    let start = end + gap;
    let body = bytes.get(start..start.saturating_add(length)).ok_or("it ends early")?;
    let record = Record {
        kind: field("WARC-Type").unwrap_or_default().to_lowercase(),
        address: field("WARC-Target-URI").map(|address| address.trim_matches(['<', '>']).to_owned()),
        content_type: field("Content-Type").unwrap_or_default(),
        body,
    };
    Ok((record, start + length))
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

/// The document of a record; `None` for requests, metadata, images, errors of servers.
fn document(record: &Record<'_>, hints: &Hints, pack: &Pack) -> Option<Result<Document, ReadError>> {
    let known = Metadata { url: record.address.clone(), ..Metadata::default() };
    let (content_type, body) = match record.kind.as_str() {
        "response" if record.content_type.starts_with("application/http") => {
            match response(record.body, hints)? {
                Ok(found) => found,
                Err(error) => return Some(Err(error)),
            }
        }
        "response" | "resource" | "conversion" => (record.content_type.clone(), record.body.to_vec()),
        _ => return None,
    };
    let kind = content_type.split(';').next().unwrap_or_default().trim().to_lowercase();
    if !["text/html", "application/xhtml+xml", "text/plain"].contains(&kind.as_str()) || body.is_empty() {
        return None;
    }
    if let Some((what, at)) = charset::binary(&body) {
        return Some(Err(ReadError::new(&hints.file, Fault::Binary { what: what.to_owned(), at })));
    }
    let lower = content_type.to_lowercase();
    let sent =
        lower.split_once("charset=").map(|(_, label)| label.trim_matches(['"', '\'', ' ', ';']).to_owned());
    let label = sent.or_else(|| charset::declared_in(&body));
    Some(read_text(&body, label.as_deref(), known, hints, pack))
}

/// Takes an HTTP response apart: content type and unpacked body; `None` for anything but success.
fn response(bytes: &[u8], hints: &Hints) -> Option<Result<(String, Vec<u8>), ReadError>> {
    let mut headers = [httparse::EMPTY_HEADER; 128];
    let mut parsed = httparse::Response::new(&mut headers);
    let httparse::Status::Complete(start) = parsed.parse(bytes).ok()? else { return None };
    if parsed.code != Some(200) {
        return None;
    }
    let header = |name: &str| {
        let found = parsed.headers.iter().find(|header| header.name.eq_ignore_ascii_case(name))?;
        Some(String::from_utf8_lossy(found.value).into_owned())
    };
    let content_type = header("Content-Type").unwrap_or_else(|| "text/html".to_owned());
    let mut body = bytes[start..].to_vec();
    if header("Transfer-Encoding").is_some_and(|value| value.to_lowercase().contains("chunked")) {
        // Many archives keep the header but store the body whole.
        body = unchunk(&body).unwrap_or(body);
    }
    let packing = header("Content-Encoding").unwrap_or_default().to_lowercase();
    let limit = hints.limits.bytes;
    let packed = body.starts_with(&[0x1F, 0x8B]) || packing.contains("deflate");
    if packed {
        let mut unpacked = Vec::new();
        let source = body.as_slice();
        let read = if source.starts_with(&[0x1F, 0x8B]) {
            MultiGzDecoder::new(source).take(limit + 1).read_to_end(&mut unpacked)
        } else if source.first().is_some_and(|byte| byte & 0x0F == 8) {
            ZlibDecoder::new(source).take(limit + 1).read_to_end(&mut unpacked)
        } else {
            DeflateDecoder::new(source).take(limit + 1).read_to_end(&mut unpacked)
        };
        let count = unpacked.len() as u64;
        if let Err(error) = read {
            let fault = Fault::Compressed { reason: error.to_string(), unpacked: count };
            return Some(Err(ReadError::new(&hints.file, fault)));
        }
        if count > limit {
            return Some(Err(ReadError::new(&hints.file, Fault::TooLarge { bytes: count, limit })));
        }
        body = unpacked;
    }
    Some(Ok((content_type, body)))
}

/// Joins the chunks of a body; `None` if it is not in chunks.
fn unchunk(mut bytes: &[u8]) -> Option<Vec<u8>> {
    let mut joined = Vec::with_capacity(bytes.len());
    loop {
        let end = find(&bytes[..bytes.len().min(64)], b"\r\n")?;
        let line = std::str::from_utf8(&bytes[..end]).ok()?;
        let size = usize::from_str_radix(line.split(';').next()?.trim(), 16).ok()?;
        bytes = &bytes[end + 2..];
        if size == 0 {
            return Some(joined);
        }
        joined.extend_from_slice(bytes.get(..size)?);
        bytes = bytes.get(size..)?.strip_prefix(b"\r\n")?;
    }
}
