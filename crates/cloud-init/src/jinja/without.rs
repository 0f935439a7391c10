//! Stands in for the template engine in a module that must be small and has no instance data to fill templates with.

use super::{Rendered, TemplateError};

/// What is known of a machine: nothing can be, so there is no value of this type.
#[derive(Clone, Copy, Debug)]
pub enum InstanceData {}

/// Fills the template `text`; never called, since nobody has the data.
///
/// # Errors
/// None.
pub fn render(_text: &str, data: &InstanceData) -> Result<Rendered, TemplateError> {
    match *data {}
}
