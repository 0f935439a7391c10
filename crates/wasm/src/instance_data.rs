//! What cloud-init's templates are filled with.

use serde::Serialize;

/// What is wrong with instance data.
#[derive(Debug, Serialize)]
pub(crate) struct Fault {
    /// The message.
    pub(crate) message: String,
    /// Where it is, in UTF-16 code units.
    pub(crate) offset: u32,
    /// The same as a line, from 1.
    pub(crate) line: u32,
    /// And as a column, from 1.
    pub(crate) column: u32,
}

#[cfg(feature = "jinja")]
pub(crate) use reading::read;

#[cfg(feature = "jinja")]
mod reading {
    use dryboot_core::{InstanceData, LineIndex, Span};
    use serde_json::error::{Category, Error};

    use super::Fault;
    use crate::places::Places;

    /// What the page shows until the user writes something else.
    const EXAMPLE: &str = include_str!("../../../examples/instance-data.json");

    /// Reads instance data; without any, the example.
    pub(crate) fn read(json: Option<&str>) -> Result<InstanceData, Fault> {
        let json = json.unwrap_or(EXAMPLE);
        InstanceData::parse(json).map_err(|error| fault(json, &error))
    }

    fn fault(json: &str, error: &Error) -> Fault {
        let (message, at) = match error.classify() {
            Category::Data => ("instance data must be a JSON object".to_owned(), 0),
            _ => (words(error), place(json, error)),
        };
        let place = Places::new(json).place(Span::empty(at));
        Fault { message, offset: place.from, line: place.line, column: place.column }
    }

    /// The message of the JSON library without the place, which is next to it.
    fn words(error: &Error) -> String {
        let all = error.to_string();
        let words = all.rsplit_once(" at line ").map_or(all.as_str(), |(words, _)| words);
        match words.strip_prefix("EOF while parsing ") {
            Some("a value") => "the JSON ends where a value is expected".to_owned(),
            Some(what) => format!("the JSON ends inside {what}"),
            None if words == "expected value" => "expected a value".to_owned(),
            None => words.to_owned(),
        }
    }

    /// The offset in bytes.
    fn place(json: &str, error: &Error) -> usize {
        let line = LineIndex::new(json).line_span(error.line(), json);
        (line.start + error.column().saturating_sub(1)).min(json.len())
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn the_example_can_be_read_and_stands_in_where_there_is_nothing_else() {
            assert!(read(None).is_ok());
        }

        #[test]
        fn a_fault_is_told_at_its_place() {
            let told = |json| {
                let Fault { message, offset, line, column } = read(Some(json)).unwrap_err();
                (message, offset, line, column)
            };
            let said = |message: &str, offset, line, column| (message.to_owned(), offset, line, column);
            assert_eq!(told("{\"🚀\": 1,\n \"v1\": x}"), said("expected a value", 17, 2, 8));
            assert_eq!(told("{\"v1\": {}\n"), said("the JSON ends inside an object", 10, 2, 1));
            assert_eq!(told(""), said("the JSON ends where a value is expected", 0, 1, 1));
            assert_eq!(told("[1]"), said("instance data must be a JSON object", 0, 1, 1));
        }
    }
}
