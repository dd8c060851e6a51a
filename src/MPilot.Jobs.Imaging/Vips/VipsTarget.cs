using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

using MPilot.Jobs.Imaging.Stripping;

namespace MPilot.Jobs.Imaging.Vips;

/// <summary>Takes what libvips encodes and hands it on in pooled pieces.</summary>
internal sealed unsafe class VipsTarget : IDisposable
{
    private const int PieceLength = 64 * 1024;

    private readonly Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> _take;
    private readonly CancellationToken _cancellationToken;
    private readonly byte[] _piece = ArrayPool<byte>.Shared.Rent(PieceLength);
    private int _held;
    private GCHandle _self;

    public VipsTarget(Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> take, CancellationToken cancellationToken)
    {
        VipsLibrary.Require();
        _take = take;
        _cancellationToken = cancellationToken;
        _self = GCHandle.Alloc(this);
        Handle = VipsNative.NewTarget();
        VipsNative.Connect(Handle, "write", (delegate* unmanaged[Cdecl]<nint, byte*, long, nint, long>)&OnWrite, GCHandle.ToIntPtr(_self), 0, 0);
    }

    public nint Handle { get; }

    /// <summary>What drops the metadata that libvips puts into webp whatever it is told, EXIF of the picture it was drawn from included.</summary>
    public WebpStripper? Stripper { private get; init; }

    /// <summary>What the taker threw, if anything.</summary>
    public ExceptionDispatchInfo? Fault { get; private set; }

    /// <summary>Hands on what is still held.</summary>
    public void Flush()
    {
        if (_held > 0)
        {
            HandOn();
        }
    }

    public void Dispose()
    {
        if (_self.IsAllocated)
        {
            VipsNative.Unref(Handle);
            _self.Free();
            ArrayPool<byte>.Shared.Return(_piece);
        }
    }

    private long Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            if (Stripper is null)
            {
                Add(bytes);
            }
            else
            {
                AddStripped(bytes, Stripper);
            }

            return bytes.Length;
        }
        catch (Exception exception)
        {
            // An exception must not cross native frames; it is thrown again on this side.
            Fault ??= ExceptionDispatchInfo.Capture(exception);
            return -1;
        }
    }

    /// <summary>libvips hands over a webp in one piece, so it can be gone through twice.</summary>
    private void AddStripped(ReadOnlySpan<byte> whole, WebpStripper counting)
    {
        Walk(whole, counting, keep: false);
        Walk(whole, counting.Second(), keep: true);
    }

    private void Walk(ReadOnlySpan<byte> whole, WebpStripper stripper, bool keep)
    {
        for (var rest = whole; !rest.IsEmpty; rest = rest[Math.Min(rest.Length, PieceLength)..])
        {
            stripper.Push(rest[..Math.Min(rest.Length, PieceLength)]);
            Add(keep ? stripper.Kept.Span : []);
            stripper.Forget();
        }

        if (!stripper.Whole)
        {
            throw new InvalidOperationException("libvips did not write a whole webp picture at once.");
        }
    }

    private void Add(ReadOnlySpan<byte> bytes)
    {
        for (var rest = bytes; !rest.IsEmpty;)
        {
            var taken = Math.Min(rest.Length, PieceLength - _held);
            rest[..taken].CopyTo(_piece.AsSpan(_held));
            _held += taken;
            rest = rest[taken..];
            if (_held == PieceLength)
            {
                HandOn();
            }
        }
    }

    private void HandOn()
    {
        _cancellationToken.ThrowIfCancellationRequested();
        var piece = _piece.AsMemory(0, _held);
        _held = 0;

        // libvips calls from a thread of its own or from the editor's, never from the pool: waiting here starves nobody.
        _take(piece, _cancellationToken).AsTask().GetAwaiter().GetResult();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static long OnWrite(nint target, byte* data, long length, nint state)
        => ((VipsTarget)GCHandle.FromIntPtr(state).Target!).Write(new(data, (int)length));
}
