//! The way back from a text to the text that it was made of.

use crate::Span;

/// More pieces than this are not told apart: what follows leads back to one place.
const PIECES: usize = 1 << 20;

/// A stretch of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    /// Where it is.
    derived: Span,
    /// What it was made of.
    original: Span,
    /// Whether it was copied, byte by byte.
    copied: bool,
}

/// From each place of a text to the place in the text that it was made of: a part of a message, a text taken out of
/// base64, a block of YAML without its indentation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceMap {
    /// In the order of the text, each next to the one before.
    pieces: Vec<Piece>,
}

impl SourceMap {
    /// The map of a text that is the original.
    #[must_use]
    pub fn identity() -> Self {
        let all = Span::new(0, usize::MAX);
        Self { pieces: vec![Piece { derived: all, original: all, copied: true }] }
    }

    /// The map of a text that stands in the original as it is.
    #[must_use]
    pub fn copied(original: Span) -> Self {
        let mut builder = Builder::default();
        builder.copy(original);
        builder.finish(original)
    }

    /// The map of a text of which it is only known what it was made of, as with base64.
    #[must_use]
    pub fn made(original: Span) -> Self {
        let derived = Span::new(0, usize::MAX);
        Self { pieces: vec![Piece { derived, original, copied: false }] }
    }

    /// Where a place of the text comes from.
    #[must_use]
    pub fn span(&self, span: Span) -> Span {
        let first = self.at(span.start);
        let last = self.at(if span.end > span.start { span.end - 1 } else { span.start });
        let start = if first.copied {
            first.original.start + (span.start - first.derived.start).min(length(first))
        } else {
            first.original.start
        };
        let end = if last.copied {
            last.original.start + (span.end - last.derived.start).min(length(last))
        } else {
            last.original.end
        };
        Span::new(start, end)
    }

    /// The same place, if it was copied as a whole: then an edit here is one there.
    #[must_use]
    pub fn verbatim(&self, span: Span) -> Option<Span> {
        let piece = self.at(span.start);
        let fits = piece.copied && span.start >= piece.derived.start && span.end <= piece.derived.end;
        fits.then(|| self.span(span))
    }

    /// Whether all of the text was copied in one piece.
    #[must_use]
    pub fn is_verbatim(&self) -> bool {
        matches!(self.pieces.as_slice(), [piece] if piece.copied)
    }

    /// Whether nothing was copied, so that all places lead to one.
    #[must_use]
    pub fn is_opaque(&self) -> bool {
        self.pieces.iter().all(|piece| !piece.copied)
    }

    /// The map of a text that was made of this one, as `inner` says, back to the original of this one.
    #[must_use]
    pub fn then(&self, inner: &Self) -> Self {
        let mut pieces = Vec::with_capacity(inner.pieces.len());
        for piece in &inner.pieces {
            if piece.copied {
                self.copy_through(piece, &mut pieces);
            } else {
                pieces.push(Piece { original: self.span(piece.original), ..*piece });
            }
            if pieces.len() > PIECES {
                break;
            }
        }
        merge_rest(&mut pieces);
        if pieces.is_empty() {
            let original = inner.pieces.first().map_or(Span::default(), |piece| self.span(piece.original));
            pieces.push(Piece {
                derived: Span::empty(0),
                original: Span::empty(original.start),
                copied: true,
            });
        }
        Self { pieces }
    }

    /// A copied piece, cut where the text that it was copied from is.
    fn copy_through(&self, piece: &Piece, pieces: &mut Vec<Piece>) {
        let mut at = piece.original.start;
        let shift = |at: usize| piece.derived.start + (at - piece.original.start);
        for outer in &self.pieces[self.index(at)..] {
            if at >= piece.original.end {
                break;
            }
            let is_last = outer.derived.end == usize::MAX || std::ptr::eq(outer, self.last());
            let end = if is_last { piece.original.end } else { outer.derived.end.min(piece.original.end) };
            let derived = Span::new(shift(at), shift(end));
            let original = if outer.copied { self.span(Span::new(at, end)) } else { outer.original };
            pieces.push(Piece { derived, original, copied: outer.copied });
            at = end;
        }
    }

    fn last(&self) -> &Piece {
        // There is always a piece.
        self.pieces.last().unwrap_or(&NOWHERE)
    }

    fn index(&self, at: usize) -> usize {
        let begun = self.pieces.partition_point(|piece| piece.derived.start <= at);
        begun.saturating_sub(1)
    }

    fn at(&self, at: usize) -> &Piece {
        self.pieces.get(self.index(at)).unwrap_or(&NOWHERE)
    }
}

/// The piece of a text without any.
static NOWHERE: Piece =
    Piece { derived: Span { start: 0, end: 0 }, original: Span { start: 0, end: 0 }, copied: false };

fn length(piece: &Piece) -> usize {
    piece.original.end - piece.original.start
}

/// Makes one of all pieces beyond what a map may have.
fn merge_rest(pieces: &mut Vec<Piece>) {
    if let (true, Some(last)) = (pieces.len() > PIECES, pieces.last().copied()) {
        pieces.truncate(PIECES);
        if let Some(kept) = pieces.last_mut() {
            *kept = Piece {
                derived: kept.derived.to(last.derived),
                original: kept.original.to(last.original),
                copied: false,
            };
        }
    }
}

/// A map that is being made, together with its text.
#[derive(Debug, Default)]
pub struct Builder {
    pieces: Vec<Piece>,
    /// How long the text is by now.
    length: usize,
}

impl Builder {
    /// The next bytes of the text are copied from here.
    pub fn copy(&mut self, original: Span) {
        self.push(original, original.end - original.start, true);
    }

    /// The next `length` bytes of the text are made of this.
    pub fn make(&mut self, original: Span, length: usize) {
        self.push(original, length, false);
    }

    fn push(&mut self, original: Span, length: usize, copied: bool) {
        if length == 0 {
            return;
        }
        let derived = Span::new(self.length, self.length + length);
        self.length = derived.end;
        let is_full = self.pieces.len() >= PIECES;
        match self.pieces.last_mut() {
            Some(last) if is_full || (last.copied == copied && last.original.end == original.start) => {
                last.copied &= copied && last.original.end == original.start;
                last.derived.end = derived.end;
                last.original = last.original.to(original);
            }
            _ => self.pieces.push(Piece { derived, original, copied }),
        }
    }

    /// The map; `whole` is where an empty text stands.
    #[must_use]
    pub fn finish(self, whole: Span) -> SourceMap {
        if self.pieces.is_empty() {
            let derived = Span::empty(0);
            return SourceMap { pieces: vec![Piece { derived, original: whole, copied: true }] };
        }
        SourceMap { pieces: self.pieces }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `ab=3Dcd=\nef` as quoted-printable.
    fn quoted() -> SourceMap {
        let mut builder = Builder::default();
        builder.copy(Span::new(0, 2));
        builder.make(Span::new(2, 5), 1);
        builder.copy(Span::new(5, 7));
        builder.make(Span::new(7, 9), 0);
        builder.copy(Span::new(9, 11));
        builder.finish(Span::new(0, 11))
    }

    #[test]
    fn places_lead_back_to_what_they_were_made_of() {
        let map = quoted();
        for (derived, original) in [
            ((0, 2), (0, 2)),
            ((1, 3), (1, 5)),
            ((2, 3), (2, 5)),
            ((3, 5), (5, 7)),
            ((4, 6), (6, 10)),
            ((7, 7), (11, 11)),
        ] {
            let span = map.span(Span::new(derived.0, derived.1));
            assert_eq!(span, Span::new(original.0, original.1), "{derived:?}");
        }
        assert_eq!(map.verbatim(Span::new(3, 5)), Some(Span::new(5, 7)));
        assert_eq!(map.verbatim(Span::new(1, 3)), None);
        assert!(!map.is_verbatim() && !map.is_opaque());
    }

    #[test]
    fn a_part_of_a_part_leads_back_to_the_whole() {
        let outer = SourceMap::copied(Span::new(100, 111));
        assert!(outer.then(&SourceMap::copied(Span::new(3, 5))).is_verbatim());
        assert_eq!(outer.then(&quoted()).span(Span::new(2, 3)), Span::new(102, 105));
        // The text `b=cde` of the decoded text.
        let inner = quoted().then(&SourceMap::copied(Span::new(1, 6)));
        assert_eq!(inner.span(Span::new(1, 2)), Span::new(2, 5));
        assert_eq!(inner.span(Span::new(3, 5)), Span::new(6, 10));
        let opaque = SourceMap::made(Span::new(7, 9)).then(&SourceMap::copied(Span::new(1, 4)));
        assert_eq!(opaque.span(Span::new(1, 2)), Span::new(7, 9));
        assert!(opaque.is_opaque() && !opaque.is_verbatim());
    }

    #[test]
    fn an_empty_text_stands_somewhere() {
        let map = SourceMap::copied(Span::new(5, 5));
        assert_eq!(map.span(Span::empty(0)), Span::empty(5));
        assert!(map.is_verbatim());
    }

    #[test]
    fn a_map_has_a_limit() {
        let mut builder = Builder::default();
        for at in 0..PIECES + 10 {
            builder.copy(Span::new(at * 3, at * 3 + 1));
        }
        let map = builder.finish(Span::default());
        assert_eq!(map.pieces.len(), PIECES);
        assert_eq!(map.span(Span::new(2, 3)), Span::new(6, 7));
        let last = map.span(Span::new(PIECES + 8, PIECES + 9));
        assert_eq!(last.end, (PIECES + 9) * 3 + 1);
    }
}
