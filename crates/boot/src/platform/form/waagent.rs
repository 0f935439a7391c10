//! What Azure's agent leaves for the program: `SharedConfig.xml`.

use dryboot_machine::MachineDescription;
use roxmltree::{Document, Node};

use super::{FormError, set_address};

/// The instance that the incarnation names has the private address; its first endpoint with a public
/// address and a port has the public one.
pub(super) fn read(xml: &[u8], machine: &mut MachineDescription) -> Result<(), FormError> {
    let text = std::str::from_utf8(xml).map_err(FormError::syntax)?;
    let document = Document::parse(text)?;
    let root = document.root_element();
    let name = child(root, "Incarnation").and_then(|incarnation| incarnation.attribute("instance"));
    let instances = child(root, "Instances").into_iter().flat_map(|list| children(list, "Instance"));
    let wanted =
        |instance: &Node<'_, '_>| instance.attribute("id").unwrap_or_default() == name.unwrap_or_default();
    let Some(instance) = instances.into_iter().find(wanted) else { return Ok(()) };
    set_address(&mut machine.private_ipv4, instance.attribute("address").unwrap_or_default());
    let endpoints = child(instance, "InputEndpoints").into_iter().flat_map(|list| children(list, "Endpoint"));
    let public = endpoints
        .filter_map(|endpoint| endpoint.attribute("loadBalancedPublicAddress"))
        .find_map(|address| address.rsplit_once(':'));
    if let Some((host, _)) = public {
        set_address(&mut machine.public_ipv4, host.trim_matches(['[', ']']));
    }
    Ok(())
}

fn children<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(move |child| child.has_tag_name(name))
}

fn child<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> Option<Node<'a, 'i>> {
    children(node, name).next()
}
