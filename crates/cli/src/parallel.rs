//! Work on many things at once.

use rayon::prelude::*;

/// The results for the items, in their order. The work is done on all cores, unless there is only one item: starting threads
/// would take longer than that.
pub(crate) fn filter_map<T: Send, U: Send>(
    items: Vec<T>,
    work: impl Fn(T) -> Option<U> + Send + Sync,
) -> Vec<U> {
    match items.len() {
        0 | 1 => items.into_iter().filter_map(work).collect(),
        _ => items.into_par_iter().filter_map(work).collect(),
    }
}
