//! Draws lines plainer where a screen would otherwise have more elements than a browser draws without a pause.

use super::rows::{Row, Slot};
use super::segments::Segment;
use crate::syntax::SyntaxClass;

/// So many elements the rows of a screen have at most, the pieces of their texts included.
const ELEMENTS_MAX: usize = 2_500;
/// What a row has beside the pieces of its texts, where both sides have the line and neither changed.
const ROW_ELEMENTS: usize = 9;
/// What a row of a change has more: its signs, for the eye and for the ear.
const CHANGE_ELEMENTS: usize = 4;
/// So many pieces are left to the rows of a screen that is taller than any.
const PIECES_MIN: usize = 200;
/// The smallest of the steps that limits are in.
const FIRST_STEP: usize = 2;

/// How many pieces the texts of a row are drawn with.
pub fn pieces_of(row: &Row) -> usize {
    match row {
        Row::Line(line) => {
            let cells = [&line.reference, &line.distribution].into_iter().flatten();
            cells.map(|cell| elements(&cell.segments)).sum()
        }
        Row::Fold { .. } | Row::Heading(_) => 0,
    }
}

/// How many elements a row has beside the pieces of its texts.
pub(super) fn row_elements(slot: Slot) -> usize {
    match slot {
        Slot::Line {
            change: Some(_), ..
        } => ROW_ELEMENTS + CHANGE_ELEMENTS,
        _ => ROW_ELEMENTS,
    }
}

/// Up to how many pieces each of these rows may have so that all of them can be drawn at once, given how many each has; nothing
/// for a row that has few enough.
pub fn piece_limits(rows: &[(Slot, usize)]) -> Vec<Option<usize>> {
    let others = rows.iter().map(|(slot, _)| row_elements(*slot));
    let room = ELEMENTS_MAX.saturating_sub(others.sum()).max(PIECES_MIN);
    let pieces: Vec<usize> = rows.iter().map(|(_, pieces)| *pieces).collect();
    let limit = limit_of(&pieces, room);
    let limit = limit.map(|limit| step_below(limit, FIRST_STEP).unwrap_or(limit));
    let limits = pieces.into_iter();
    limits
        .map(|pieces| limit.filter(|limit| pieces > *limit))
        .collect()
}

/// A row with fewer pieces, of which both sides have their part.
pub fn thinned_row(mut row: Row, limit: usize) -> Row {
    if let Row::Line(line) = &mut row {
        for cell in [&mut line.reference, &mut line.distribution] {
            let cell = cell.as_mut().into_iter();
            cell.for_each(|cell| {
                cell.segments = thinned(std::mem::take(&mut cell.segments), limit / 2);
            });
        }
    }
    row
}

/// The greatest step that a limit reaches, of those from the first one on that grow by half each: with a limit in steps, what is
/// drawn seldom changes while other rows come into sight. Nothing below the first.
pub(super) fn step_below(limit: usize, first: usize) -> Option<usize> {
    let steps = std::iter::successors(Some(first), |step| Some(step + step / 2));
    steps.take_while(|step| *step <= limit).last()
}

/// The greatest number to which each of these may be cut so that they fit the room together; nothing where they do uncut.
pub(super) fn limit_of(pieces: &[usize], room: usize) -> Option<usize> {
    if pieces.iter().sum::<usize>() <= room {
        return None;
    }
    let mut sorted = pieces.to_vec();
    sorted.sort_unstable();
    let mut left = room;
    for (index, smaller) in sorted.iter().enumerate() {
        let each = left / (sorted.len() - index);
        if *smaller > each {
            return Some(each);
        }
        left -= smaller;
    }
    None
}

/// How many elements the pieces of a line are drawn with.
fn elements(segments: &[Segment]) -> usize {
    let of_segment = |segment: &Segment| {
        let is_styled = segment.sign || segment.class != SyntaxClass::Plain;
        usize::from(is_styled) + usize::from(segment.changed) + usize::from(segment.found)
    };
    segments.iter().map(of_segment).sum()
}

/// The same text with fewer pieces, as far as that takes: first without colours, then with one mark from the first change to the
/// last, then without what is searched for, then with signs as text.
fn thinned(mut segments: Vec<Segment>, limit: usize) -> Vec<Segment> {
    let steps: [fn(&mut [Segment]); 4] = [
        |segments| {
            let each = segments.iter_mut();
            each.for_each(|segment| segment.class = SyntaxClass::Plain);
        },
        |segments| {
            let is_changed = |segment: &Segment| segment.changed;
            let first = segments.iter().position(is_changed);
            let last = segments.iter().rposition(is_changed);
            if let (Some(first), Some(last)) = (first, last) {
                let between = segments[first..=last].iter_mut();
                between.for_each(|segment| segment.changed = true);
            }
        },
        |segments| {
            segments
                .iter_mut()
                .for_each(|segment| segment.found = false)
        },
        |segments| segments.iter_mut().for_each(|segment| segment.sign = false),
    ];
    for step in steps {
        if elements(&segments) <= limit {
            break;
        }
        step(&mut segments);
        segments = joined(segments);
    }
    segments
}

/// Neighbours that are drawn alike, as one.
fn joined(segments: Vec<Segment>) -> Vec<Segment> {
    let mut joined: Vec<Segment> = Vec::new();
    for segment in segments {
        match joined.last_mut() {
            Some(last) if last.is_drawn_like(&segment) => last.text.push_str(&segment.text),
            _ => joined.push(segment),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::{OpenedLines, Space};
    use crate::presentation::diff_view::{
        Colours, DiffDocument, DiffFile, DiffRequest, Layout, Look,
    };
    use proptest::prelude::*;

    #[test]
    fn a_limit_is_as_great_as_the_room_allows() {
        let check = |pieces: &[usize], room: usize, expected: Option<usize>| {
            assert_eq!(limit_of(pieces, room), expected);
        };
        check(&[], 0, None);
        check(&[3, 4], 7, None);
        check(&[3, 4], 6, Some(3));
        check(&[1, 100, 2, 50], 43, Some(20));
        check(&[5, 5], 0, Some(0));
    }

    #[test]
    fn limits_are_in_steps() {
        let check = |limit: usize, expected: Option<usize>| {
            assert_eq!(step_below(limit, 4), expected);
        };
        check(3, None);
        check(4, Some(4));
        check(5, Some(4));
        check(12, Some(9));
        check(13, Some(13));
    }

    #[test]
    fn lines_get_plainer_step_by_step() {
        let segment = |text: &str, changed, sign, class| Segment {
            text: text.to_owned(),
            changed,
            sign,
            class,
            ..Segment::default()
        };
        let line = || {
            vec![
                segment("if", false, false, SyntaxClass::Keyword),
                segment("a", true, false, SyntaxClass::Name),
                segment(" ", false, false, SyntaxClass::Plain),
                segment("b", true, false, SyntaxClass::Plain),
                segment("⟨U+200B⟩", false, true, SyntaxClass::Plain),
            ]
        };
        let check = |limit: usize, expected: &[&str]| {
            let pieces = thinned(line(), limit).into_iter();
            let pieces: Vec<String> = pieces
                .map(|segment| match (segment.changed, segment.class) {
                    (true, _) => format!("[{}]", segment.text),
                    (false, SyntaxClass::Plain) => segment.text,
                    (false, class) => format!("{}:{}", class.name(), segment.text),
                })
                .collect();
            assert_eq!(pieces, expected, "{limit}");
        };
        check(5, &["keyword:if", "[a]", " ", "[b]", "⟨U+200B⟩"]);
        check(3, &["if", "[a]", " ", "[b]", "⟨U+200B⟩"]);
        check(2, &["if", "[a b]", "⟨U+200B⟩"]);
        check(1, &["if", "[a b]", "⟨U+200B⟩"]);
    }

    #[test]
    fn only_the_rows_with_most_pieces_are_drawn_plainer() {
        let dense = "f(1, 2);".repeat(200);
        let text = format!("int a;\n{}int b;\n", format!("{dense}\n").repeat(60));
        let file = DiffFile {
            path: "a.c".to_owned(),
            reference: Some(text.clone().into_bytes().into()),
            distribution: Some(text.into_bytes().into()),
            ..DiffFile::default()
        };
        let document = DiffDocument::compared_here(&file, Space::Exact);
        let mut colours = Colours::default();
        let request = DiffRequest::of(&file, Space::Exact);
        let bytes = file.reference.as_ref().unwrap().to_vec();
        request.perform(bytes.clone(), bytes, |answer| {
            if let Some(crate::presentation::diff_view::DiffFinding::Differences(_, found)) =
                answer.finding(&file, request)
            {
                colours = found;
            }
        });
        let look = Look::default();
        let rows = document.rows(Layout::Split, &OpenedLines::whole(), &look);
        let slots: Vec<Slot> = (0..rows.count()).filter_map(|row| rows.slot(row)).collect();
        let pieces = |slot: Slot, limit: Option<usize>| {
            let row = document.row(slot, &look, &colours);
            pieces_of(&match limit {
                Some(limit) => thinned_row(row, limit),
                None => row,
            })
        };
        let counted: Vec<(Slot, usize)> = slots
            .iter()
            .map(|slot| (*slot, pieces(*slot, None)))
            .collect();
        let limits = piece_limits(&counted);
        let limited = limits.iter().filter(|limit| limit.is_some()).count();
        assert_eq!((limits.len(), limited, limits[0]), (62, 60, None));
        let drawn = slots.iter().zip(&limits);
        let drawn: usize = drawn.map(|(slot, limit)| pieces(*slot, *limit)).sum();
        assert!(drawn + 62 * ROW_ELEMENTS <= ELEMENTS_MAX, "{drawn}");
        assert_eq!(piece_limits(&counted[..1]), [None]);
    }

    proptest! {
        #[test]
        fn thinning_keeps_the_text(
            pieces in proptest::collection::vec(("[a-c]{1,3}", any::<bool>(), any::<bool>(), any::<bool>()), 0..12),
            limit in 0_usize..12,
        ) {
            let segments: Vec<Segment> = pieces
                .into_iter()
                .map(|(text, changed, found, is_name)| Segment {
                    text,
                    changed,
                    found,
                    class: if is_name { SyntaxClass::Name } else { SyntaxClass::Plain },
                    ..Segment::default()
                })
                .collect();
            let text = |segments: &[Segment]| -> String { segments.iter().map(|segment| segment.text.as_str()).collect() };
            let drawn = thinned(segments.clone(), limit);
            prop_assert_eq!(text(&drawn), text(&segments));
            prop_assert!(elements(&drawn) <= elements(&segments));
            prop_assert!(elements(&drawn) <= limit.max(1));
        }
    }
}
