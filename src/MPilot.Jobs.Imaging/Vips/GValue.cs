using System.Runtime.CompilerServices;

namespace MPilot.Jobs.Imaging.Vips;

/// <summary>A typed value of the native object system: three words, filled only by its own functions.</summary>
[InlineArray(3)]
internal struct GValue
{
    public const nuint Boolean = 5 << 2;
    public const nuint Int = 6 << 2;
    public const nuint Double = 15 << 2;
    public const nuint String = 16 << 2;
    public const nuint Object = 20 << 2;

    private ulong _word;
}
