using MPilot.Jobs.Domain.Plans;
using MPilot.Jobs.Imaging.Vips;

namespace MPilot.Jobs.Imaging.Rendering;

/// <summary>Draws masks in the conventions of providers.</summary>
internal static class MaskDrawing
{
    /// <summary>The least strength that counts where there are only two.</summary>
    private const int Edited = 128;

    private const int Less = 2;
    private const int MoreOrEqual = 5;
    private const int Grey = 1;
    private const int Srgb = 22;

    /// <param name="strength">Of the size sent.</param>
    public static VipsImage Draw(VipsImage strength, MaskForm form) => form switch
    {
        MaskForm.White => Of(new VipsOperation("copy").With("in", strength), Grey),
        MaskForm.Black => Of(new VipsOperation("invert").With("in", strength), Grey),
        MaskForm.WhiteHard => Of(Compared(strength, MoreOrEqual), Grey),
        MaskForm.BlackHard => Of(Compared(strength, Less), Grey),
        _ => Of(new VipsOperation("linear").With("in", strength).With("a", [0, 0, 0, -1]).With("b", [0, 0, 0, byte.MaxValue]).With("uchar", value: true), Srgb),
    };

    private static VipsOperation Compared(VipsImage strength, int relation)
        => new VipsOperation("relational_const").With("in", strength).With("relational", relation).With("c", [Edited]);

    private static VipsImage Of(VipsOperation drawn, int interpretation)
    {
        using var image = drawn.Make();
        return new VipsOperation("copy").With("in", image).With("interpretation", interpretation).Make();
    }
}
