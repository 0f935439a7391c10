//! The files of systemd-networkd and of udev's `net_setup_link`: which sections they have.
//!
//! Source: `systemd.network(5)`, `systemd.netdev(5)` and `systemd.link(5)` of release 252. Sections that came later are
//! in the table, too: those who write them have a release that knows them.

/// The sections of a `.network` file.
const NETWORK: &str = "Address BFIFO Bridge BridgeFDB BridgeMDB BridgeVLAN CAKE CAN ControlledDelay DHCP DHCPPrefixDelegation \
     DHCPServer DHCPServerStaticLease DHCPv4 DHCPv6 DHCPv6PrefixDelegation DeficitRoundRobinScheduler \
     DeficitRoundRobinSchedulerClass EnhancedTransmissionSelection FairQueueing FairQueueingControlledDelay FlowQueuePIE \
     GenericRandomEarlyDetection HeavyHitterFilter HierarchyTokenBucket HierarchyTokenBucketClass IPoIB IPv6AcceptRA \
     IPv6AddressLabel IPv6PREF64Prefix IPv6PrefixDelegation IPv6Prefix IPv6RoutePrefix IPv6SendRA LLDP Link Match \
     MobileNetwork Neighbor Network NetworkEmulator NextHop PFIFO PFIFOFast PFIFOHeadDrop PIE QDisc QuickFairQueueing \
     QuickFairQueueingClass Route RoutingPolicyRule SR-IOV StochasticFairBlue StochasticFairnessQueueing TokenBucketFilter \
     TrivialLinkEqualizer";

/// The sections of a `.netdev` file.
const NETDEV: &str = "BareUDP BatmanAdvanced Bond Bridge FOU FooOverUDP GENEVE IPVLAN IPVTAP IPoIB L2TP L2TPSession MACVLAN \
     MACVTAP MACsec MACsecReceiveAssociation MACsecReceiveChannel MACsecTransmitAssociation Match NetDev Peer Tap Tun \
     Tunnel VLAN VRF VXCAN VXLAN WLAN WireGuard WireGuardPeer Xfrm";

/// The sections of a `.link` file.
const LINK: &str = "EnergyEfficientEthernet Link Match SR-IOV";

/// The suffixes of these files.
pub const SUFFIXES: [&str; 3] = ["network", "netdev", "link"];

/// The sections that a file with this suffix may have; none for another suffix.
pub fn sections(suffix: &str) -> impl Iterator<Item = &'static str> {
    let sections = match suffix {
        "network" => NETWORK,
        "netdev" => NETDEV,
        "link" => LINK,
        _ => "",
    };
    sections.split_ascii_whitespace()
}
