//! The names of directives, in systemd's release 252 (`systemd --dump-configuration-items`), with
//! those added up to 258 and some that are accepted without effect.
//!
//! Each block is sorted, for a binary search. `?` marks a boolean, `^N` the release that brought
//! the directive, when it is newer than 238 (from systemd's NEWS and manual).

/// `[Unit]`.
pub(super) const UNIT: &str = "\
    After AllowIsolate? Before BindTo BindsTo CollectMode Conflicts DefaultDependencies? Description \
    Documentation FailureAction FailureActionExitStatus^240 IgnoreOnIsolate? IgnoreOnSnapshot \
    JobRunningTimeoutSec JobTimeoutAction JobTimeoutRebootArgument JobTimeoutSec JoinsNamespaceOf \
    OnFailure OnFailureIsolate? OnFailureJobMode OnSuccess^249 OnSuccessJobMode^249 PartOf \
    PropagateReloadFrom PropagateReloadTo PropagatesReloadTo PropagatesStopTo^249 RebootArgument \
    RefuseManualStart? RefuseManualStop? ReloadPropagatedFrom Requires RequiresMountsFor \
    RequiresOverridable Requisite RequisiteOverridable SourcePath StartLimitAction StartLimitBurst \
    StartLimitInterval StartLimitIntervalSec StopPropagatedFrom^249 StopWhenUnneeded? SuccessAction \
    SuccessActionExitStatus^240 SurviveFinalKillSignal?^255 Upholds^249 Wants WantsMountsFor^256";

/// What follows `Condition` or `Assert` in `[Unit]`.
pub(super) const CONDITION: &str = "\
    ACPower Architecture CPUFeature^248 CPUPressure^250 CPUs^242 Capability ControlGroupController^244 \
    Credential^252 DirectoryNotEmpty Environment^246 FileIsExecutable FileNotEmpty Firmware^249 \
    FirstBoot Group Host IOPressure^250 KernelCommandLine KernelModuleLoaded^258 KernelVersion \
    Memory^242 MemoryPressure^250 NeedsUpdate OSRelease^249 PathExists PathExistsGlob PathIsDirectory \
    PathIsEncrypted^246 PathIsMountPoint PathIsReadWrite PathIsSymbolicLink Security User Version^258 \
    Virtualization";

/// How processes are run (`systemd.exec`).
pub(super) const EXEC: &str = "\
    AmbientCapabilities AppArmorProfile BindLogSockets?^257 BindPaths BindReadOnlyPaths CPUAffinity \
    CPUSchedulingPolicy CPUSchedulingPriority CPUSchedulingResetOnFork? CacheDirectory \
    CacheDirectoryMode Capabilities CapabilityBoundingSet ConfigurationDirectory \
    ConfigurationDirectoryMode CoredumpFilter^246 DelegateNamespaces^258 DynamicUser? Environment \
    EnvironmentFile ExecPaths^248 ExecSearchPath^250 ExtensionDirectories^251 ExtensionImagePolicy^254 \
    ExtensionImages^248 Group IOSchedulingClass IOSchedulingPriority IPCNamespacePath^248 IgnoreSIGPIPE? \
    ImportCredential^254 InaccessibleDirectories InaccessiblePaths KeyringMode LimitAS LimitCORE \
    LimitCPU LimitDATA LimitFSIZE LimitLOCKS LimitMEMLOCK LimitMSGQUEUE LimitNICE LimitNOFILE LimitNPROC \
    LimitRSS LimitRTPRIO LimitRTTIME LimitSIGPENDING LimitSTACK LoadCredential^247 \
    LoadCredentialEncrypted^250 LockPersonality? LogExtraFields LogFilterPatterns^253 LogLevelMax \
    LogNamespace^245 LogRateLimitBurst^240 LogRateLimitIntervalSec^240 LogsDirectory LogsDirectoryMode \
    MemoryDenyWriteExecute? MemoryKSM?^254 MountAPIVFS MountFlags MountImagePolicy^254 MountImages^247 \
    NUMAMask^243 NUMAPolicy^243 NetworkNamespacePath^242 Nice NoExecPaths^248 NoNewPrivileges? \
    OOMScoreAdjust PAMName PassEnvironment Personality PrivateBPF?^258 PrivateDevices? PrivateIPC?^248 \
    PrivateMounts?^239 PrivateNetwork? PrivatePIDs^257 PrivateTmp PrivateUsers ProcSubset^247 \
    ProtectClock?^245 ProtectControlGroups ProtectHome ProtectHostname^242 ProtectKernelLogs?^244 \
    ProtectKernelModules? ProtectKernelTunables? ProtectProc^247 ProtectSystem ReadOnlyDirectories \
    ReadOnlyPaths ReadWriteDirectories ReadWritePaths RemoveIPC? RestrictAddressFamilies \
    RestrictFileSystems^250 RestrictNamespaces RestrictRealtime? RestrictSUIDSGID?^242 RootDirectory \
    RootEphemeral?^254 RootHash^246 RootHashSignature^246 RootImage RootImageOptions^247 \
    RootImagePolicy^254 RootVerity^246 RuntimeDirectory RuntimeDirectoryMode RuntimeDirectoryPreserve \
    SELinuxContext SecureBits SetCredential^247 SetCredentialEncrypted^250 SetLoginEnvironment?^255 \
    SmackProcessLabel StandardError StandardInput StandardInputData StandardInputText StandardOutput \
    StateDirectory StateDirectoryMode SupplementaryGroups SyslogFacility SyslogIdentifier SyslogLevel \
    SyslogLevelPrefix? SystemCallArchitectures SystemCallErrorNumber SystemCallFilter SystemCallLog^247 \
    TCPWrapName TTYColumns^250 TTYPath TTYReset? TTYRows^250 TTYVHangup? TTYVTDisallocate? \
    TemporaryFileSystem TimeoutCleanSec^244 TimerSlackNSec UMask UnsetEnvironment User \
    UserNamespacePath^258 UtmpIdentifier UtmpMode WorkingDirectory";

/// Resources (`systemd.resource-control`).
pub(super) const CGROUP: &str = "\
    AllowedCPUs^244 AllowedMemoryNodes^244 BPFProgram^249 BlockIOAccounting? BlockIODeviceWeight \
    BlockIOReadBandwidth BlockIOWeight BlockIOWriteBandwidth CPUAccounting? CPUQuota \
    CPUQuotaPeriodSec^242 CPUShares CPUWeight CoredumpReceive?^255 DefaultMemoryLow^243 \
    DefaultMemoryMin^243 DefaultStartupMemoryLow^253 Delegate DelegateSubgroup^254 DeviceAllow \
    DevicePolicy DisableControllers^240 IOAccounting? IODeviceLatencyTargetSec^240 IODeviceWeight \
    IOReadBandwidthMax IOReadIOPSMax IOWeight IOWriteBandwidthMax IOWriteIOPSMax IPAccounting? \
    IPAddressAllow IPAddressDeny IPEgressFilterPath^243 IPIngressFilterPath^243 \
    ManagedOOMMemoryPressure^247 ManagedOOMMemoryPressureDurationSec^257 \
    ManagedOOMMemoryPressureLimit^247 ManagedOOMPreference^248 ManagedOOMSwap^247 MemoryAccounting? \
    MemoryHigh MemoryLimit MemoryLow MemoryMax MemoryMin^240 MemoryPressureThresholdSec^254 \
    MemoryPressureWatch^254 MemorySwapMax MemoryZSwapMax^253 MemoryZSwapWriteback?^256 NFTSet^255 \
    NetClass RestrictNetworkInterfaces^250 Slice SocketBindAllow^249 SocketBindDeny^249 \
    StartupAllowedCPUs^250 StartupAllowedMemoryNodes^250 StartupBlockIOWeight StartupCPUShares \
    StartupCPUWeight StartupIOWeight StartupMemoryHigh^253 StartupMemoryLow^253 StartupMemoryMax^253 \
    StartupMemorySwapMax^253 StartupMemoryZSwapMax^253 TasksAccounting? TasksMax";

/// How processes are ended (`systemd.kill`).
pub(super) const KILL: &str = "\
    FinalKillSignal^240 KillMode KillSignal RestartKillSignal^244 SendSIGHUP? SendSIGKILL? \
    WatchdogSignal^240";

/// `[Service]` alone.
pub(super) const SERVICE: &str = "\
    BusName BusPolicy ExecCondition^243 ExecReload ExecStart ExecStartPost ExecStartPre ExecStop \
    ExecStopPost ExitType^250 FailureAction FileDescriptorStoreMax FileDescriptorStorePreserve^254 \
    GuessMainPID? NonBlocking? NotifyAccess OOMPolicy^243 OpenFile^253 PIDFile PermissionsStartOnly? \
    RebootArgument ReloadSignal^253 RemainAfterExit? Restart RestartForceExitStatus \
    RestartMaxDelaySec^254 RestartMode^254 RestartPreventExitStatus RestartSec RestartSteps^254 \
    RootDirectoryStartOnly? RuntimeMaxSec RuntimeRandomizedExtraSec^250 Sockets StartLimitAction \
    StartLimitBurst StartLimitInterval SuccessExitStatus SysVStartPriority TimeoutAbortSec^243 TimeoutSec \
    TimeoutStartFailureMode^246 TimeoutStartSec TimeoutStopFailureMode^246 TimeoutStopSec Type \
    USBFunctionDescriptors USBFunctionStrings WatchdogSec";

/// `[Socket]` alone.
pub(super) const SOCKET: &str = "\
    Accept? AcceptFileDescriptors?^258 Backlog BindIPv6Only BindToDevice Broadcast? DeferAcceptSec \
    DeferTrigger^258 DirectoryMode ExecStartPost ExecStartPre ExecStopPost ExecStopPre \
    FileDescriptorName FlushPending?^247 FreeBind? IPTOS IPTTL KeepAlive? KeepAliveIntervalSec \
    KeepAliveProbes KeepAliveTimeSec ListenDatagram ListenFIFO ListenMessageQueue ListenNetlink \
    ListenSequentialPacket ListenSpecial ListenStream ListenUSBFunction Mark MaxConnections \
    MaxConnectionsPerSource MessageQueueMaxMessages MessageQueueMessageSize NoDelay? PassCredentials? \
    PassFileDescriptorsToExec?^256 PassPacketInfo?^246 PassSecurity? PipeSize PollLimitBurst^255 \
    PollLimitIntervalSec^255 Priority ReceiveBuffer RemoveOnStop? ReusePort? SELinuxContextFromNet? \
    SendBuffer Service SmackLabel SmackLabelIPIn SmackLabelIPOut SocketGroup SocketMode SocketProtocol \
    SocketUser Symlinks TCPCongestion TimeoutSec Timestamping^247 Transparent? TriggerLimitBurst \
    TriggerLimitIntervalSec Writable?";

/// `[Mount]` alone.
pub(super) const MOUNT: &str = "\
    DirectoryMode ForceUnmount? LazyUnmount? Options ReadWriteOnly?^246 SloppyOptions? TimeoutSec Type \
    What Where";

/// `[Swap]` alone.
pub(super) const SWAP: &str = "\
    Options Priority TimeoutSec What";

/// `[Automount]`.
pub(super) const AUTOMOUNT: &str = "\
    DirectoryMode ExtraOptions^250 TimeoutIdleSec Where";

/// `[Timer]`.
pub(super) const TIMER: &str = "\
    AccuracySec DeferReactivation?^257 FixedRandomDelay?^247 OnActiveSec OnBootSec OnCalendar \
    OnClockChange?^242 OnStartupSec OnTimezoneChange?^242 OnUnitActiveSec OnUnitInactiveSec Persistent? \
    RandomizedDelaySec RandomizedOffsetSec^258 RemainAfterElapse? Unit WakeSystem?";

/// `[Path]`.
pub(super) const PATH: &str = "\
    DirectoryMode DirectoryNotEmpty MakeDirectory? PathChanged PathExists PathExistsGlob PathModified \
    TriggerLimitBurst^250 TriggerLimitIntervalSec^250 Unit";

/// `[Scope]` alone.
pub(super) const SCOPE: &str = "\
    OOMPolicy RuntimeMaxSec RuntimeRandomizedExtraSec TimeoutStopSec";

/// `[Install]`.
pub(super) const INSTALL: &str = "\
    Alias Also DefaultInstance RequiredBy UpheldBy^254 WantedBy";
