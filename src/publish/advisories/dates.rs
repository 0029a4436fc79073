//! Tables of dates, as CSV with a head: when advisories were issued, or when copies of them first appeared in an archive.

use super::moment::moment;
use super::reading::AdvisoryInput;
use crate::publish::configuration::DatesSetting;
use crate::publish::{Cause, Error};

/// Reads the column `id` and the column of dates; of an advisory that is there twice the earliest counts. Rows of other
/// releases, and those of which the column of bulk imports says that many came at once, are left out.
pub fn read_dates(
    bytes: &[u8],
    place: &str,
    setting: &DatesSetting,
) -> Result<AdvisoryInput, Error> {
    let malformed = |what: String| Error::at(place, Cause::Advisories(what));
    let mut reader = csv::ReaderBuilder::new().flexible(false).from_reader(bytes);
    let head = reader
        .headers()
        .map_err(|error| malformed(error.to_string()))?
        .clone();
    let column = |name: &str| head.iter().position(|found| found.trim() == name);
    let needed = |name: &str| {
        column(name).ok_or_else(|| malformed(format!("its head has no column {name}")))
    };
    let (id_column, date_column) = (needed("id")?, needed(&setting.date_column)?);
    let bulk_column = setting.bulk_column.as_deref().map(needed).transpose()?;
    let release_column = column("release");
    let mut input = AdvisoryInput::default();
    for row in reader.records() {
        let row = row.map_err(|error| malformed(error.to_string()))?;
        let field = |column: usize| row.get(column).unwrap_or_default().trim();
        let is_other = release_column.is_some_and(|column| field(column) != setting.release);
        let is_bulk = bulk_column.is_some_and(|column| !matches!(field(column), "" | "0"));
        if is_other || is_bulk {
            continue;
        }
        let line = row.position().map_or(0, csv::Position::line);
        let line_place = format!("{place}: line {line}");
        let Some(id) = input.id_of(field(id_column), &line_place) else {
            continue;
        };
        match moment(field(date_column)) {
            Some(date) => {
                let known = input.dates.entry(id).or_insert(date);
                *known = (*known).min(date);
            }
            None => input.warnings.push(format!(
                "{line_place}: “{:.40}” is no date, and the row is left out.",
                field(date_column)
            )),
        }
    }
    Ok(input)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, bulk: Option<&str>, expected: Result<&[&str], &str>) {
        let setting = DatesSetting {
            date_column: "date".to_owned(),
            bulk_column: bulk.map(str::to_owned),
            release: "9".to_owned(),
        };
        let found = read_dates(text.as_bytes(), "a.csv", &setting)
            .map(|input| {
                let dates = input.dates.iter();
                let dates = dates.map(|(id, date)| format!("{id} {date}"));
                dates.chain(input.warnings.clone()).collect::<Vec<_>>()
            })
            .map_err(|error| error.to_string());
        match (found, expected) {
            (Ok(found), Ok(expected)) => assert_eq!(found, expected, "{text}"),
            (Err(found), Err(expected)) => assert!(found.contains(expected), "{found}"),
            (found, _) => panic!("{text} gave {found:?}"),
        }
    }

    #[test]
    fn the_earliest_date_of_each_is_read() {
        check(
            "id,date,kind\nRHSA-2024:1,2024-01-03,x\nRHSA-2024:1,2024-01-02,\"a,b\"\n",
            None,
            Ok(&["RHSA-2024:1 2024-01-02T00:00:00Z"]),
        );
        check(
            "id,release,date,bulk\nALSA-2024:1,9,2024-01-03,0\nALSA-2024:2,8,2024-01-03,0\nALSA-2024:3,9,2024-01-03,1\n",
            Some("bulk"),
            Ok(&["ALSA-2024:1 2024-01-03T00:00:00Z"]),
        );
        check(
            "id,date\nx,2024-01-03\nRHSA-2024:1,soon\n",
            None,
            Ok(&[
                "a.csv: line 2: “x” names no advisory such as ALSA-2024:1234, and is left out.",
                "a.csv: line 3: “soon” is no date, and the row is left out.",
            ]),
        );
    }

    #[test]
    fn a_table_without_its_columns_is_an_error_that_names_the_file() {
        check("id,day\n", None, Err("a.csv: "));
        check("", None, Err("has no column id"));
        check("id,date\nRHSA-2024:1\n", None, Err("a.csv: "));
        check("id,date\n", Some("bulk"), Err("has no column bulk"));
    }
}
