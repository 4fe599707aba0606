//! Reads values of options whose faults clap alone would not explain.

use demarche::record::Day;

/// A date of publication: a day or a month, a day also with a time behind it. Refused here, because a document would go
/// on without a date.
pub fn published(text: &str) -> Result<String, String> {
    let (date, time) = text.split_once(['T', ' ']).map_or((text, None), |(date, time)| (date, Some(time)));
    let is_number = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = date.split('-').filter(is_number).collect();
    let number = |at: usize, digits: usize| -> Option<u32> {
        parts.get(at).filter(|part| part.len() == digits).and_then(|part| part.parse().ok())
    };
    let day = if parts.len() == 3 { number(2, 2) } else { (parts.len() == 2 && time.is_none()).then_some(1) };
    let whole = date.split('-').count() == parts.len() && time.is_none_or(|time| time.contains(':'));
    let found = match (number(0, 4), number(1, 2), day) {
        (Some(year @ 1000..=2999), Some(month), Some(day)) if whole => Day::new(year as i32, month, day),
        _ => None,
    };
    match found {
        Some(_) => Ok(text.to_owned()),
        None => {
            Err("no date of the calendar in the form YYYY-MM-DD (as in 2022-01-28) or YYYY-MM".to_owned())
        }
    }
}

/// A number of threads.
pub fn threads(text: &str) -> Result<usize, String> {
    text.parse().map_err(|_| "not a number; give 0 for every core, or how many, as in 2".to_owned())
}

/// A name of somebody; nothing would mean everybody.
pub fn name(text: &str) -> Result<String, String> {
    match text.trim() {
        "" => Err("no name; give a name (\"Macron\", \"the Kremlin\") or a slug of the packs".to_owned()),
        name => Ok(name.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_publication_are_days_or_months_of_the_calendar() {
        for right in ["2022-01-28", "2024-02-29", "2022-01", "2022-01-28T10:30:00Z", "2022-01-28 10:30"] {
            assert_eq!(published(right).as_deref(), Ok(right));
        }
        for wrong in [
            "2022-02-31",
            "2022-13",
            "yesterday",
            "03/04/2022",
            "22-01-28",
            "2022",
            "",
            "2022-01-28x",
            "2022-1-2",
            "2022-01-28 noon",
            "2022-01-",
            "-01-28",
            "2022-a-01",
        ] {
            assert!(published(wrong).is_err(), "{wrong}");
        }
    }
}
