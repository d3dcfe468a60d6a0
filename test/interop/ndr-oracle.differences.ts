/** Where Samba's own definitions differ from the published ones, what the oracle says there, and why. Anything else must agree. */

/** A difference of definitions. */
export interface Difference {
  /** `FILE.OPERATION`. */
  readonly operation: string;
  /** Discriminants that it is about, when it is about some arms of a union. */
  readonly levels?: readonly number[];
  /** Disagreements that it explains contain one of these. */
  readonly says: readonly string[];
  readonly reason: string;
}

const DOMAIN_INFORMATION =
  "Samba has uint32 for UasCompatibilityRequired, an unsigned char; [v1_enum] for DomainServerRole and DomainServerState; and hyper for " +
  "DomainModifiedCount, an OLD_LARGE_INTEGER";
const DOMAIN_FIELDS = ["UasCompatibilityRequired", "DomainServerRole", "DomainServerState", "DomainModifiedCount"];
const USER_INFORMATION = "Samba's union is without [ms_union]: an arm of octets follows the discriminant without a gap";
const USER_LEVELS = [18, 24, 26];
const SIZE_POINTERS =
  "Samba refuses data whose sizes are null pointers, though size_is says `lpcbData ? *lpcbData : 0`";
const VALUE_POINTER = "Samba has uint32 for ve_valueptr, an LPDWORD";
const DELETE_HANDLE = "Samba has a unique pointer to the context handle";
const QUALITY_OF_SERVICE = "Samba has uint3264 for Length of SECURITY_QUALITY_OF_SERVICE, an unsigned long";
const SHARE_LEVELS = "Samba's union has no arm for level 503, and takes it without the value";
const SERVER_LEVELS = "Samba's union has no arm for level 103, and no maxkeepsearch in level 599";

const STRINGS =
  "Samba expects what a pointer in the array Strings refers to behind that pointer, not behind the array (C706 14.3.12.3)";
const NOT_DEFINED = "Samba has no parameters for it";

/** What cannot be read as what it is not. */
const ELSEWHERE = [
  "Unread Bytes",
  "Bad Array Size",
  "Buffer Size Error",
  "Allocation Error",
  "Range Error",
  "NDR64 assertion error",
];

export const DIFFERENCES: readonly Difference[] = [
  { operation: "ms-samr.SamrQueryInformationDomain", says: DOMAIN_FIELDS, reason: DOMAIN_INFORMATION },
  { operation: "ms-samr.SamrQueryInformationDomain2", says: DOMAIN_FIELDS, reason: DOMAIN_INFORMATION },
  {
    operation: "ms-samr.SamrSetInformationDomain",
    says: [...DOMAIN_FIELDS, "Buffer Size Error"],
    reason: DOMAIN_INFORMATION,
  },
  ...["SamrQueryInformationUser", "SamrQueryInformationUser2"].map((name) => ({
    operation: `ms-samr.${name}`,
    levels: USER_LEVELS,
    says: ["Unread Bytes", "octets differ", "big-endian"],
    reason: USER_INFORMATION,
  })),
  { operation: "ms-lsat.LsarOpenPolicy", says: ELSEWHERE, reason: QUALITY_OF_SERVICE },
  { operation: "ms-lsat.LsarOpenPolicy2", says: ELSEWHERE, reason: QUALITY_OF_SERVICE },
  ...["NetrShareAdd", "NetrShareGetInfo", "NetrShareSetInfo"].map((name) => ({
    operation: `ms-srvs.${name}`,
    levels: [503],
    says: ["Unread Bytes"],
    reason: SHARE_LEVELS,
  })),
  { operation: "ms-srvs.NetrShareEnum", says: ["Unread Bytes", "octets differ"], reason: SHARE_LEVELS },
  { operation: "ms-srvs.NetrShareEnumSticky", says: ["Unread Bytes", "octets differ"], reason: SHARE_LEVELS },
  ...["NetrServerGetInfo", "NetrServerSetInfo"].map((name) => ({
    operation: `ms-srvs.${name}`,
    levels: [103, 599],
    says: ELSEWHERE,
    reason: SERVER_LEVELS,
  })),
  {
    operation: "ms-srvs.NetrServerDiskEnum",
    says: ["octets differ", "Unread Bytes"],
    reason: "Samba emulates the [string] in an array of three characters, and not in NDR64",
  },
  {
    operation: "ms-srvs.NetrServerTransportAdd",
    says: ["Bad Switch"],
    reason: "Samba has a union of all levels for SERVER_TRANSPORT_INFO_0",
  },
  { operation: "ms-srvs.NetrShareDelStart", says: ELSEWHERE, reason: DELETE_HANDLE },
  { operation: "ms-srvs.NetrShareDelCommit", says: ELSEWHERE, reason: DELETE_HANDLE },
  { operation: "ms-rrp.BaseRegEnumValue", says: ["Invalid Pointer"], reason: SIZE_POINTERS },
  { operation: "ms-rrp.BaseRegQueryValue", says: ["Invalid Pointer"], reason: SIZE_POINTERS },
  { operation: "ms-rrp.BaseRegLoadKey", says: ELSEWHERE, reason: "Samba has unique pointers to both names" },
  { operation: "ms-rrp.BaseRegQueryMultipleValues", says: ELSEWHERE, reason: VALUE_POINTER },
  { operation: "ms-rrp.BaseRegQueryMultipleValues2", says: ELSEWHERE, reason: VALUE_POINTER },
  { operation: "ms-even.ElfrReportEventW", says: ELSEWHERE, reason: STRINGS },
  { operation: "ms-even.ElfrReportEventAndSourceW", says: ELSEWHERE, reason: STRINGS },
  ...[
    ...["ElfrChangeNotify", "ElfrClearELFA", "ElfrBackupELFA", "ElfrOpenELA", "ElfrRegisterEventSourceA"],
    ...["ElfrOpenBELA", "ElfrReadELA", "ElfrReportEventA"],
  ].map((name) => ({ operation: `ms-even.${name}`, says: ["Unread Bytes"], reason: NOT_DEFINED })),
];
