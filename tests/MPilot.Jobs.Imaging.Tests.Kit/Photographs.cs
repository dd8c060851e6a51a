using MPilot.Jobs.Imaging.Vips;

namespace MPilot.Jobs.Imaging.Tests.Kit;

/// <summary>The photographs of a Debian package, scaled and cut to a square.</summary>
public static class Photographs
{
    private const string Folder = "/usr/share/backgrounds";

    public static readonly string[] Names =
    [
        "Bridge_by_Sander_Klootwijk", "Dragonfly_by_Bolly", "Picture_0B_by_freespace", "Picture_1A_by_freespace", "Wine_by_Jakkub_Mede",
        "aitzgorri_by_Aitzol_Berasategi", "analogpattern_by_Peter_Nerlich", "free_by_Peter_Nerlich", "friends_by_Aitzol_Berasategi",
        "greentock_by_Peter_Nerlich", "life_by_Aitzol_Berasategi", "picosdeeuropa_by_Aitzol_Berasategi", "seeding_by_Clements_Engelhardt",
        "sunset_by_Aitzol_Berasategi", "umang_by_Abhishek_Mudgal",
    ];

    /// <summary>The middle of a photograph.</summary>
    public static Pixels Square(string name, int side)
    {
        var path = Path.Combine(Folder, name + ".jpg");
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"The photographs for this test are missing (Debian: apt-get install lomiri-wallpapers-16.04): {path}", path);
        }

        using var stream = File.OpenRead(path);
        using var image = PictureDecoder.Decode(stream, Probing.Facts(File.ReadAllBytes(path)), CancellationToken.None);
        using var scaled = new VipsOperation("resize").With("in", image).With("scale", (side + 0.5) / Math.Min(image.Width, image.Height)).Make();
        using var rendered = scaled.Render();
        var rows = rendered.Rows();
        var (left, top) = ((rows.Width - side) / 2, (rows.Height - side) / 2);
        var pixels = new Pixels(side, side);
        for (var y = 0; y < side; y++)
        {
            rows[top + y].Slice(left * 4, side * 4).CopyTo(pixels.Bytes.AsSpan(y * side * 4));
        }

        return pixels;
    }
}
