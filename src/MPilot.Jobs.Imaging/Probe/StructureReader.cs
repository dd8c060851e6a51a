namespace MPilot.Jobs.Imaging.Probe;

/// <summary>Walks a byte structure that arrives in arbitrary splits: wants fields of known length, passes by the rest. Holds one field at a time.</summary>
internal abstract class StructureReader
{
    private readonly byte[] _field = new byte[32];
    private int _wanted;
    private int _held;
    private long _passing;

    /// <summary>Whether nothing more is to be learned from further bytes.</summary>
    public bool Ended { get; protected set; }

    /// <summary>Whether bytes came after that.</summary>
    protected bool HasTail { get; private set; }

    public void Push(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty && !Ended)
        {
            var taken = _passing > 0 ? PassBy(bytes) : _wanted > 0 ? Collect(bytes) : Scan(bytes);
            bytes = bytes[taken..];
        }

        if (!bytes.IsEmpty)
        {
            HasTail = true;
            OnTail(bytes);
        }
    }

    /// <summary>A wanted field is complete; the answer is given by <see cref="Want"/>, <see cref="Pass"/> or <see cref="Ended"/>.</summary>
    protected abstract void OnField(ReadOnlySpan<byte> field);

    /// <summary>Sees the bytes that are passed by.</summary>
    protected virtual void OnPassing(ReadOnlySpan<byte> bytes)
    {
    }

    /// <summary>All bytes to pass by have gone.</summary>
    protected virtual void OnPassed()
    {
    }

    /// <summary>Sees the bytes that come after the end.</summary>
    protected virtual void OnTail(ReadOnlySpan<byte> bytes)
    {
    }

    /// <summary>Takes bytes while neither a field is wanted nor bytes are passed by; returns how many were used.</summary>
    protected virtual int Scan(ReadOnlySpan<byte> bytes) => bytes.Length;

    /// <summary>Next, after what is passed by: a field of so many bytes, at most 32; with 0 the rest is scanned.</summary>
    protected void Want(int bytes)
    {
        _wanted = bytes;
        _held = 0;
    }

    /// <summary>Next: lets so many bytes go by.</summary>
    protected void Pass(long bytes)
    {
        _passing = bytes;
        if (bytes == 0)
        {
            OnPassed();
        }
    }

    private int PassBy(ReadOnlySpan<byte> bytes)
    {
        var taken = (int)Math.Min(_passing, bytes.Length);
        OnPassing(bytes[..taken]);
        _passing -= taken;
        if (_passing == 0)
        {
            OnPassed();
        }

        return taken;
    }

    private int Collect(ReadOnlySpan<byte> bytes)
    {
        var taken = Math.Min(_wanted - _held, bytes.Length);
        bytes[..taken].CopyTo(_field.AsSpan(_held));
        _held += taken;
        if (_held == _wanted)
        {
            OnField(_field.AsSpan(0, _wanted));
        }

        return taken;
    }
}
