//! Work on many things at once.

use rayon::prelude::*;

/// What comes of each item, in their order: on all cores, unless there is only one item, for which starting threads would
/// take longer than the work.
pub(crate) fn filter_map<T: Send, U: Send>(
    items: Vec<T>,
    work: impl Fn(T) -> Option<U> + Send + Sync,
) -> Vec<U> {
    match items.len() {
        0 | 1 => items.into_iter().filter_map(work).collect(),
        _ => items.into_par_iter().filter_map(work).collect(),
    }
}
