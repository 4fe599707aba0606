//! Owns packs: loading, merging and checking the TOML files and spreadsheets that analysts edit. Takes their text, opens no file.
//!
//! A pack is a folder: `world/` (actors, organisations, groups, outlets, places) and one folder per language
//! (`en/`: cues, frames, times, topics …). Every module here reads one sort of file and offers it as plain data.

pub mod abbreviations;
pub mod ages;
pub mod cues;
mod error;
pub mod frames;
pub mod inflection;
pub mod measured;
pub mod places;
pub mod placing;
pub mod reading;
mod table;
pub mod telling;
pub mod times;
pub mod titles;
pub mod topics;
pub mod units;
pub mod unreal;
mod words;
pub mod world;

pub use error::{PackError, line_of, parse_toml};
pub use words::lower;

use include_dir::{Dir, include_dir};

static BUILTIN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../packs");

/// One file of a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackFile {
    /// Path inside the pack with forward slashes: `world/actors/fra.toml`.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// The files of the packs that are built in, sorted by path.
pub fn builtin_files() -> Vec<PackFile> {
    fn collect(dir: &Dir<'_>, files: &mut Vec<PackFile>) {
        for file in dir.files() {
            let path = file.path().to_string_lossy().replace('\\', "/");
            let text = file.contents_utf8().map(str::to_owned);
            files.extend(text.map(|text| PackFile { path, text }));
        }
        dir.dirs().for_each(|dir| collect(dir, files));
    }
    let mut files = Vec::new();
    collect(&BUILTIN, &mut files);
    files.sort_by(|one, two| one.path.cmp(&two.path));
    files
}

/// Everything the packs say. Each part is read by its own module.
#[derive(Clone, Debug)]
pub struct Pack {
    /// Hash over all files: part of the kit fingerprint.
    pub fingerprint: String,
    /// Actors, offices, persons.
    pub world: world::World,
    /// Irregular forms of English.
    pub inflection: inflection::Inflection,
    /// Abbreviations of English.
    pub abbreviations: abbreviations::Abbreviations,
    /// Cues of English.
    pub cues: cues::Cues,
    /// Units of forces.
    pub units: units::Units,
    /// Number words.
    pub numbers: units::Numbers,
    /// Frames of English.
    pub frames: frames::Frames,
    /// What rules were measured to be worth.
    pub measured: measured::Measured,
    /// Patterns of furniture and genres.
    pub reading: reading::Reading,
    /// The gazetteer.
    pub places: places::Places,
    /// Words by which a text says where something lies.
    pub placing: placing::Placing,
    /// Nouns of persons and bodies.
    pub titles: titles::Titles,
    /// Words of time.
    pub times: times::Times,
    /// Themes, opposed assertions, units for the comparison of accounts.
    pub topics: topics::Topics,
    /// Words by which tellings are read.
    pub telling: telling::Telling,
}

impl Pack {
    /// Reads a pack from its files; all faults are reported at once.
    pub fn load(files: &[PackFile]) -> Result<Self, Vec<PackError>> {
        let parts = files.iter().flat_map(|file| [file.path.as_bytes(), file.text.as_bytes()]);
        let fingerprint = demarche_text::ContentHash::of(parts).to_string();
        let mut faults = Vec::new();
        let world = part(world::World::parse(files), &mut faults);
        let frames = part(frames::Frames::parse(files, "en"), &mut faults);
        let measured = part(measured::Measured::parse(files, "en"), &mut faults);
        let units = part(units::Units::parse(files, "en"), &mut faults);
        let numbers = part(units::Numbers::parse(files, "en"), &mut faults);
        let cues = part(cues::Cues::parse(files, "en"), &mut faults);
        let reading = part(reading::Reading::parse(files), &mut faults);
        let places = part(places::Places::parse(files), &mut faults);
        let placing = part(placing::Placing::parse(files, "en"), &mut faults);
        let titles = part(titles::Titles::parse(files, "en"), &mut faults);
        let times = part(times::Times::parse(files, "en"), &mut faults);
        let topics = part(topics::Topics::parse(files, "en"), &mut faults);
        let telling = part(telling::Telling::parse(files, "en"), &mut faults);
        let inflection = part(inflection::Inflection::parse(files, "en"), &mut faults);
        let abbreviations = part(abbreviations::Abbreviations::parse(files, "en"), &mut faults);
        if faults.is_empty() {
            Ok(Self {
                fingerprint,
                times,
                inflection,
                world,
                abbreviations,
                cues,
                frames,
                measured,
                units,
                numbers,
                reading,
                places,
                placing,
                titles,
                topics,
                telling,
            })
        } else {
            Err(faults)
        }
    }

    /// The built-in packs.
    ///
    /// # Panics
    /// If a built-in pack has a fault; a test loads them all.
    pub fn builtin() -> Self {
        Self::load(&builtin_files()).unwrap_or_else(|faults| {
            let all: Vec<String> = faults.iter().map(ToString::to_string).collect();
            panic!("built-in packs are checked by a test:\n{}", all.join("\n"))
        })
    }
}

/// Keeps the faults of one part and goes on with an empty one, so that all faults are reported at once.
fn part<T: Default>(read: Result<T, Vec<PackError>>, faults: &mut Vec<PackError>) -> T {
    read.unwrap_or_else(|found| {
        faults.extend(found);
        T::default()
    })
}
