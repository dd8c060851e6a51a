namespace MPilot.Jobs.Imaging.Probe;

/// <summary>Finds where the compressed part of an <c>iCCP</c>, <c>zTXt</c> or <c>iTXt</c> chunk begins, and has it measured.</summary>
internal sealed class CompressedChunk(InflationMeter meter)
{
    /// <summary>What comes before: names that end in 0, bytes that say how, and whether at all.</summary>
    private static readonly Field[] Plain = [Field.Name, Field.Method];
    private static readonly Field[] International = [Field.Name, Field.Whether, Field.Method, Field.Name, Field.Name];

    private Field[] _before = Plain;
    private int _at;
    private bool _isCompressed;

    private enum Field
    {
        Name,
        Method,
        Whether,
    }

    public static bool Is(ReadOnlySpan<byte> name) => name.SequenceEqual("iCCP"u8) || name.SequenceEqual("zTXt"u8) || name.SequenceEqual("iTXt"u8);

    /// <summary>A chunk of that name begins.</summary>
    public void Start(ReadOnlySpan<byte> name)
    {
        _before = name.SequenceEqual("iTXt"u8) ? International : Plain;
        (_at, _isCompressed) = (0, true);
    }

    public void Push(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty && _at < _before.Length)
        {
            bytes = PassField(bytes);
        }

        if (_isCompressed)
        {
            meter.Push(bytes);
        }
    }

    private ReadOnlySpan<byte> PassField(ReadOnlySpan<byte> bytes)
    {
        var field = _before[_at];
        var end = field == Field.Name ? bytes.IndexOf((byte)0) : 0;
        if (end < 0)
        {
            return [];
        }

        _isCompressed &= field != Field.Whether || bytes[0] != 0;
        if (++_at == _before.Length && _isCompressed)
        {
            meter.Start();
        }

        return bytes[(end + 1)..];
    }
}
