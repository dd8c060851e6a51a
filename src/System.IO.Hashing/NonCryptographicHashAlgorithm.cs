namespace System.IO.Hashing;

/// <summary>
/// Stands in for the class of this name in the package <c>System.IO.Hashing</c>, which cannot be restored from every source. A class of
/// Azure.Storage.Common derives from it, and is looked at whenever that library is loaded; it is used only where CRC-64 checksums of transfers are
/// asked for, and we ask for none. A project that needs the real package references it directly, and then that is what is loaded.
/// </summary>
/// <param name="hashLengthInBytes">How long a hash is.</param>
public abstract class NonCryptographicHashAlgorithm(int hashLengthInBytes)
{
    public int HashLengthInBytes { get; } = hashLengthInBytes;

    public abstract void Append(ReadOnlySpan<byte> source);

    public abstract void Reset();

    protected abstract void GetCurrentHashCore(Span<byte> destination);
}
