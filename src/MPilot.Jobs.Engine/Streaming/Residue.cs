using System.Buffers;
using System.Text;

namespace MPilot.Jobs.Engine.Streaming;

/// <summary>A growing, pooled buffer for what is left of an answer.</summary>
internal sealed class Residue : IDisposable
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(4 << 10);

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Memory => _bytes.AsMemory(0, Length);

    public void Append(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    public void AppendAscii(string text)
    {
        Reserve(text.Length);
        Length += Encoding.ASCII.GetBytes(text, _bytes.AsSpan(Length));
    }

    /// <summary>Forgets all after the first <paramref name="length"/> bytes.</summary>
    public void Cut(int length) => Length = length;

    public ReadOnlyMemory<byte> WithoutByteOrderMark()
        => Memory.Span.StartsWith(Encoding.UTF8.Preamble) ? Memory[Encoding.UTF8.Preamble.Length..] : Memory;

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        Length = 0;
    }

    private void Reserve(int more)
    {
        if (_bytes.Length - Length >= more)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, Length + more));
        Memory.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
