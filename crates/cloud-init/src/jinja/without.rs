//! Stands in for the template engine in a module that must be small.

use super::{Rendered, TemplateError};

/// What is known of a machine: nothing can be, so there is no value of this type.
#[derive(Clone, Copy, Debug)]
pub enum InstanceData {}

/// There is no template engine in this build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoEngine;

impl InstanceData {
    /// Reads nothing: nobody could use it.
    ///
    /// # Errors
    /// Always.
    pub fn parse(_json: &str) -> Result<Self, NoEngine> {
        Err(NoEngine)
    }
}

/// Fills the template `text`; never called, since nobody has the data.
///
/// # Errors
/// None.
pub fn render(_text: &str, data: &InstanceData) -> Result<Rendered, TemplateError> {
    match *data {}
}
