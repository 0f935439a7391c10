//! The graph of units as it is drawn: what stands where, and what is next to what.

use dryboot_wasm::protocol::boot::{Edge, Unit, Units};

use super::unit;

/// More units than a drawing can show.
pub(crate) const SHOWN: usize = 80;

/// Height of a unit.
pub(crate) const HEIGHT: i32 = 46;

/// A point of the drawing. Whole numbers do: code that writes others is large.
pub(crate) type Point = (i32, i32);

/// How a dependency is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// It is needed.
    Requirement,
    /// It only comes first.
    Ordering,
    /// It is part of a cycle.
    Cycle,
}

impl Style {
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Requirement => "requirement",
            Self::Ordering => "ordering",
            Self::Cycle => "cycle",
        }
    }
}

/// A line of the drawing: it leads from a unit to what the unit needs or waits for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Link {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) style: Style,
    /// The one that comes first.
    pub(crate) earlier: usize,
    pub(crate) later: usize,
    pub(crate) kinds: String,
}

/// The units that are drawn and the lines between them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Plan {
    /// Index of each unit.
    pub(crate) units: Vec<u32>,
    pub(crate) widths: Vec<i32>,
    pub(crate) links: Vec<Link>,
    /// How many are left out.
    pub(crate) hidden: usize,
}

/// Chooses what is drawn: units that take part in something come before those that stand alone.
pub(crate) fn plan(units: &Units) -> Plan {
    let mut order: Vec<u32> = (0..).take(units.nodes.len()).collect();
    if order.len() > SHOWN {
        let is_bound = |index: u32| units.edges.iter().any(|edge| edge.from == index || edge.to == index);
        let rank = |index: &u32| {
            let unit = usize::try_from(*index).ok().and_then(|index| units.nodes.get(index));
            (unit.is_some_and(|unit| unit.from == "stock"), !is_bound(*index))
        };
        order.sort_by_key(rank);
        order.truncate(SHOWN);
        order.sort_unstable();
    }
    let at = |index: u32| order.binary_search(&index).ok();
    let link = |edge: &Edge| Some(link(edge, at(edge.from)?, at(edge.to)?));
    let links = units.edges.iter().filter_map(link).collect();
    let drawn = order.iter().filter_map(|&index| units.nodes.get(usize::try_from(index).ok()?));
    Plan { hidden: units.nodes.len() - order.len(), links, widths: drawn.map(width).collect(), units: order }
}

fn link(edge: &Edge, from: usize, to: usize) -> Link {
    let has = |kinds: &[&str]| edge.kinds.iter().any(|kind| kinds.contains(&kind.as_str()));
    let is_needed = has(&["Requires", "Requisite", "Wants", "BindsTo", "PartOf", "Upholds"]);
    let style = match (edge.cycle, is_needed) {
        (true, _) => Style::Cycle,
        (false, true) => Style::Requirement,
        (false, false) => Style::Ordering,
    };
    let is_before = has(&["Before"]) && !has(&["After"]);
    // What is needed is there at least as soon.
    let (earlier, later) = if is_before { (from, to) } else { (to, from) };
    // An arrow leads to what is waited for.
    let (from, to) = if is_before && !is_needed { (to, from) } else { (from, to) };
    Link { from, to, style, earlier, later, kinds: edge.kinds.join(", ") }
}

/// The width of a unit, by its longest line.
fn width(it: &Unit) -> i32 {
    let length = |text: &str| i32::try_from(text.chars().count().min(unit::NAME)).unwrap_or_default();
    (length(&it.name) * 37 / 5).max(length(&unit::label(it)) * 61 / 10) + 48
}

/// Where everything stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Layout {
    /// Whether time runs down; it runs to the right otherwise.
    pub(crate) is_down: bool,
    pub(crate) width: i32,
    pub(crate) height: i32,
    /// The middle of each unit.
    pub(crate) nodes: Vec<Point>,
    /// The way of each line, from the earlier to the later unit.
    pub(crate) ways: Vec<Vec<Point>>,
}

impl Layout {
    /// Reads the numbers of `web/js/layout.js`: direction, width and height, the middle of each unit, then of each
    /// line how many points it has, and those.
    pub(crate) fn read(numbers: &[f64], units: usize, links: usize) -> Option<Self> {
        #[expect(clippy::cast_possible_truncation, reason = "places on a drawing")]
        let mut numbers = numbers.iter().map(|number| number.round() as i32);
        let is_down = numbers.next()? == 1;
        let (width, height) = (numbers.next()?, numbers.next()?);
        let point = |numbers: &mut dyn Iterator<Item = i32>| Some((numbers.next()?, numbers.next()?));
        let nodes = (0..units).map(|_| point(&mut numbers)).collect::<Option<_>>()?;
        let mut ways = Vec::with_capacity(links);
        for _ in 0..links {
            let count = numbers.next()?;
            ways.push((0..count).map(|_| point(&mut numbers)).collect::<Option<_>>()?);
        }
        Some(Self { is_down, width, height, nodes, ways })
    }
}

/// Where an arrow key leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    Up,
    Down,
    Left,
    Right,
}

/// The unit that lies next in a direction: along the lines in the direction of time, and across it along the row.
pub(crate) fn next(plan: &Plan, layout: &Layout, at: usize, way: Way) -> Option<usize> {
    let &(x, y) = layout.nodes.get(at)?;
    let bound = |other: usize| {
        plan.links.iter().any(|link| {
            (link.earlier, link.later) == (at, other) || (link.later, link.earlier) == (at, other)
        })
    };
    let is_along = matches!(way, Way::Up | Way::Down) == layout.is_down;
    // Across the direction of time, the row comes first.
    let weight = if is_along { 1 } else { 100 };
    let away = |&(other_x, other_y): &Point| match way {
        Way::Left => (x - other_x, (y - other_y).abs() * weight),
        Way::Right => (other_x - x, (y - other_y).abs() * weight),
        Way::Up => (y - other_y, (x - other_x).abs() * weight),
        Way::Down => (other_y - y, (x - other_x).abs() * weight),
    };
    let others = layout.nodes.iter().enumerate().filter(|&(other, point)| other != at && away(point).0 > 0);
    let nearest = others.min_by_key(|&(other, point)| {
        let (ahead, aside) = away(point);
        (is_along && !bound(other), ahead.saturating_add(aside))
    });
    nearest.map(|(other, _)| other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(names: &[&str], edges: &[(u32, u32, &str)]) -> Units {
        let unit = |name: &&str| Unit { name: (*name).to_owned(), ..Unit::default() };
        let edge = |&(from, to, kinds): &(u32, u32, &str)| Edge {
            from,
            to,
            kinds: kinds.split(' ').map(str::to_owned).collect(),
            cycle: false,
        };
        Units {
            nodes: names.iter().map(unit).collect(),
            edges: edges.iter().map(edge).collect(),
            ..Units::default()
        }
    }

    #[test]
    fn what_comes_first_is_the_earlier() {
        let plan =
            plan(&units(&["web", "docker"], &[(0, 1, "Requires After"), (0, 1, "Wants"), (0, 1, "Before")]));
        let drawn: Vec<_> = plan.links.iter().map(|link| (link.earlier, link.style, link.to)).collect();
        assert_eq!(drawn, [(1, Style::Requirement, 1), (1, Style::Requirement, 1), (0, Style::Ordering, 0)]);
    }

    #[test]
    fn only_so_many_units_are_drawn() {
        let names = vec!["unit"; 400];
        let plan = plan(&units(&names, &[(399, 0, "After")]));
        assert_eq!((plan.units.len(), plan.hidden), (SHOWN, 400 - SHOWN));
        assert_eq!(plan.units.last(), Some(&399), "what is bound is not left out");
        assert_eq!(plan.links.len(), 1);
    }

    #[test]
    fn arrow_keys_follow_the_lines() {
        let plan = plan(&units(&["a", "b", "c", "d"], &[(3, 0, "After"), (2, 1, "After")]));
        let nodes = vec![(0, 0), (0, 50), (100, 0), (100, 50)];
        let layout = Layout { nodes, ..Layout::default() };
        assert_eq!(next(&plan, &layout, 3, Way::Left), Some(0), "not the one straight beside it");
        assert_eq!(next(&plan, &layout, 0, Way::Down), Some(1));
        assert_eq!(next(&plan, &layout, 1, Way::Down), None);
        let nodes = layout.nodes.iter().map(|&(x, y)| (y, x)).collect();
        let layout = Layout { is_down: true, nodes, ..Layout::default() };
        assert_eq!(next(&plan, &layout, 3, Way::Up), Some(0));
        assert_eq!(next(&plan, &layout, 0, Way::Right), Some(1));
    }

    #[test]
    fn layouts_are_read_from_numbers() {
        let layout = Layout::read(&[1.0, 9.0, 8.0, 1.0, 2.0, 2.0, 3.0, 4.0, 5.0, 6.0], 1, 1);
        let expected = Layout {
            is_down: true,
            width: 9,
            height: 8,
            nodes: vec![(1, 2)],
            ways: vec![vec![(3, 4), (5, 6)]],
        };
        assert_eq!(layout, Some(expected));
        assert_eq!(Layout::read(&[9.0], 1, 0), None);
    }
}
