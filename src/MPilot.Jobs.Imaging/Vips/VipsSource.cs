using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace MPilot.Jobs.Imaging.Vips;

/// <summary>Lets libvips read a .NET stream, piece by piece.</summary>
internal sealed unsafe class VipsSource : IDisposable
{
    private readonly Stream _stream;
    private readonly CancellationToken _cancellationToken;
    private GCHandle _self;

    public VipsSource(Stream stream, CancellationToken cancellationToken)
    {
        VipsLibrary.Require();
        _stream = stream;
        _cancellationToken = cancellationToken;
        _self = GCHandle.Alloc(this);
        Handle = VipsNative.NewSource();
        VipsNative.Connect(Handle, "read", (delegate* unmanaged[Cdecl]<nint, byte*, long, nint, long>)&OnRead, GCHandle.ToIntPtr(_self), 0, 0);
    }

    public nint Handle { get; }

    /// <summary>What the stream threw while libvips was reading, if anything.</summary>
    public ExceptionDispatchInfo? Fault { get; private set; }

    public void Dispose()
    {
        if (_self.IsAllocated)
        {
            VipsNative.Unref(Handle);
            _self.Free();
        }
    }

    private int Read(Span<byte> buffer)
    {
        try
        {
            _cancellationToken.ThrowIfCancellationRequested();
            return _stream.Read(buffer);
        }
        catch (Exception exception)
        {
            // An exception must not cross native frames; it is thrown again on this side.
            Fault ??= ExceptionDispatchInfo.Capture(exception);
            return -1;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static long OnRead(nint source, byte* buffer, long length, nint state)
        => ((VipsSource)GCHandle.FromIntPtr(state).Target!).Read(new(buffer, (int)Math.Min(length, int.MaxValue)));
}
