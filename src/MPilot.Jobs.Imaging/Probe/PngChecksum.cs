using System.Buffers.Binary;

namespace MPilot.Jobs.Imaging.Probe;

/// <summary>Holds the checksum of a chunk against its bytes as they stream by.</summary>
internal sealed class PngChecksum
{
    private readonly byte[] _stated = new byte[4];
    private uint _sum;
    private int _held;

    /// <summary>Whether what is stated is what the bytes have.</summary>
    public bool Fits => BinaryPrimitives.ReadUInt32BigEndian(_stated) == ~_sum;

    /// <summary>A chunk of that name begins.</summary>
    public void Start(ReadOnlySpan<byte> name)
    {
        _sum = Crc32.Add(Crc32.Start, name);
        _held = 0;
    }

    /// <summary>More of the chunk's bytes.</summary>
    public void Push(ReadOnlySpan<byte> bytes) => _sum = Crc32.Add(_sum, bytes);

    /// <summary>More of the four bytes that state it.</summary>
    public void Expect(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_stated.AsSpan(_held));
        _held += bytes.Length;
    }
}
