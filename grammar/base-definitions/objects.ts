/**
 * objidlbase.idl, oleidl.idl and ocidl.idl: the names of what COM interfaces point to, and the interfaces that others derive from (Windows
 * "COM Interfaces").
 */

/** objidlbase.idl. */
export const objects = `import "unknwn.idl";
${declared(`IAdviseSink IAgileReference IBindCtx IClientSecurity IDataObject IEnumFORMATETC IEnumMoniker IEnumSTATDATA IEnumSTATSTG
  IEnumString IEnumUnknown IErrorLog IGlobalInterfaceTable ILockBytes IMalloc IMarshal IMoniker IPropertyBag IROTData IRootStorage
  IRpcChannelBuffer IRunningObjectTable IServerSecurity IStorage IStream ISupportErrorInfo ISynchronize`)}
[local, object, uuid(0c733a30-2a1c-11ce-ade5-00aa0044773d), pointer_default(unique)]
interface ISequentialStream : IUnknown {
  HRESULT Read([out, size_is(cb), length_is(*pcbRead)] byte *pv, [in] ULONG cb, [out] ULONG *pcbRead);
  HRESULT Write([in, size_is(cb)] const byte *pv, [in] ULONG cb, [out] ULONG *pcbWritten);
}
[local, object, uuid(0000010c-0000-0000-C000-000000000046), pointer_default(unique)]
interface IPersist : IUnknown {
  HRESULT GetClassID([out] CLSID *pClassID);
}
[local, object, uuid(00000109-0000-0000-C000-000000000046), pointer_default(unique)]
interface IPersistStream : IPersist {
  HRESULT IsDirty();
  HRESULT Load([in, unique] IStream *pStm);
  HRESULT Save([in, unique] IStream *pStm, [in] BOOL fClearDirty);
  HRESULT GetSizeMax([out] ULARGE_INTEGER *pcbSize);
}
`;

/** oleidl.idl. */
export const embedding = `import "objidl.idl";
${declared("IDropSource IDropTarget IOleClientSite IOleContainer IOleInPlaceObject IOleInPlaceSite IOleObject IOleWindow IParseDisplayName")}
`;

/** ocidl.idl. */
export const controls = `import "oleidl.idl";
import "oaidl.idl";
${declared(`IConnectionPoint IConnectionPointContainer IEnumConnectionPoints IEnumConnections IFont IFontDisp IFontEventsDisp IObjectWithSite
  IOleControl IOleControlSite IPersistMemory IPersistPropertyBag IPersistStreamInit IPicture IPictureDisp IPropertyNotifySink IPropertyPage
  IPropertyPageSite IProvideClassInfo ISpecifyPropertyPages`)}
typedef DWORD OLE_COLOR;
`;

function declared(names: string): string {
  return names
    .split(/\s+/)
    .map((name) => `interface ${name};`)
    .join("\n");
}
