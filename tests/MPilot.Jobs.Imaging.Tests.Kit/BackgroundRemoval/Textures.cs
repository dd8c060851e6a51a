using System.Collections.Concurrent;
using System.Numerics;
using MPilot.Jobs.Imaging.Vips;

namespace MPilot.Jobs.Imaging.Tests.Kit.BackgroundRemoval;

/// <summary>What subjects are made of: drawn, or cut from the photographs of a Debian package.</summary>
public static class Textures
{
    private const string Folder = "/usr/share/backgrounds";

    /// <summary>Photographs and where in them (as parts of width and height) an interesting piece starts.</summary>
    public static readonly (string File, double Left, double Top)[] Photographs =
    [
        ("Picture_1A_by_freespace.jpg", 0.1, 0.1),
        ("Picture_0B_by_freespace.jpg", 0.35, 0.2),
        ("Picture_1A_by_freespace.jpg", 0.7, 0.6),
        ("umang_by_Abhishek_Mudgal.jpg", 0.3, 0.3),
        ("seeding_by_Clements_Engelhardt.jpg", 0.1, 0.1),
        ("Wine_by_Jakkub_Mede.jpg", 0.1, 0.55),
        ("life_by_Aitzol_Berasategi.jpg", 0.2, 0.2),
        ("Dragonfly_by_Bolly.jpg", 0.3, 0.3),
    ];

    private static readonly ConcurrentDictionary<((string File, double Left, double Top) Piece, int Side), Pixels> Known = new();

    /// <summary>A square piece of a photograph. It is decoded once only, so it is not to be written to.</summary>
    public static Pixels Photograph((string File, double Left, double Top) piece, int side)
        => Known.GetOrAdd((piece, side), known => Decode(known.Piece, known.Side));

    private static Pixels Decode((string File, double Left, double Top) piece, int side)
    {
        var path = Path.Combine(Folder, piece.File);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"The photographs for this test are missing (Debian: apt-get install lomiri-wallpapers-16.04): {path}", path);
        }

        var facts = Probing.Facts(File.ReadAllBytes(path));
        using var stream = File.OpenRead(path);
        using var image = PictureDecoder.Decode(stream, facts, CancellationToken.None);
        using var scaled = new VipsOperation("resize").With("in", image).With("scale", 1.6 * side / Math.Min(image.Width, image.Height)).Make();
        using var rendered = scaled.Render();
        var rows = rendered.Rows();
        var (left, top) = ((int)(piece.Left * (rows.Width - side)), (int)(piece.Top * (rows.Height - side)));
        var pixels = new Pixels(side, side);
        for (var y = 0; y < side; y++)
        {
            rows[top + y].Slice(left * 4, side * 4).CopyTo(pixels.Bytes.AsSpan(y * side * 4));
        }

        return pixels;
    }

    public static readonly IReadOnlyDictionary<string, Func<float, float, Vector3>> Drawn = new Dictionary<string, Func<float, float, Vector3>>(StringComparer.Ordinal)
    {
        ["terracotta"] = (x, y) => new Vector3(176, 82, 52) * (0.8f + (0.3f * MathF.Exp(-3 * ((x + 0.2f) * (x + 0.2f))))) * (0.95f + (0.05f * MathF.Sin(60 * y))),
        ["navy stripes"] = (x, y) => MathF.Sin((x * 30) + (y * 6)) > 0 ? new Vector3(28, 34, 78) : new Vector3(120, 40, 46),
        ["moss"] = (x, y) => new Vector3(52, 60, 20) + (new Vector3(40, 50, 20) * (MathF.Sin((x * 47) + (3 * MathF.Sin(y * 31))) * MathF.Sin(y * 53))),
        ["charcoal"] = (x, y) => new Vector3(42 + (14 * MathF.Sin((x * 90) + (y * 70)))),
    };

    public static Pixels Draw(string name, int side)
    {
        var pixels = new Pixels(side, side);
        for (var y = 0; y < side; y++)
        {
            for (var x = 0; x < side; x++)
            {
                var colour = Drawn[name]((2f * x / side) - 1, (2f * y / side) - 1);
                var pixel = pixels[x, y];
                (pixel[0], pixel[1], pixel[2], pixel[3]) = (Byte(colour.X), Byte(colour.Y), Byte(colour.Z), 255);
            }
        }

        return pixels;
    }

    private static byte Byte(float value) => (byte)Math.Clamp(value, 0, 255);
}
