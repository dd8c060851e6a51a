// Draws samples/vase.png: a glazed vase with a twig before a smoothly lit backdrop. The same picture every time.
// Run: dotnet run samples/MakeSample.cs
using System.Buffers.Binary;
using System.IO.Compression;
using System.Numerics;
using System.Runtime.CompilerServices;

const int Width = 640;
const int Height = 480;
const int Samples = 4;
var light = Vector3.Normalize(new(-0.55f, -0.6f, 0.65f));
(float X0, float Y0, float X1, float Y1, float Bow)[] twigs = [(318, 150, 250, 52, -16), (321, 150, 332, 44, 10), (324, 150, 402, 62, 18)];

var rows = new byte[Height * ((Width * 3) + 1)];
for (var y = 0; y < Height; y++)
{
    for (var x = 0; x < Width; x++)
    {
        var sum = Vector3.Zero;
        for (var i = 0; i < Samples * Samples; i++)
        {
            sum += Colour(x + (((i % Samples) + 0.5f) / Samples), y + ((i / Samples + 0.5f) / Samples));
        }

        var colour = Vector3.Clamp(sum / (Samples * Samples), Vector3.Zero, Vector3.One);
        var at = (y * ((Width * 3) + 1)) + 1 + (x * 3);
        (rows[at], rows[at + 1], rows[at + 2]) = (Byte(colour.X), Byte(colour.Y), Byte(colour.Z));
    }
}

File.WriteAllBytes(Path.Combine(Folder(), "vase.png"), Png(rows));

Vector3 Colour(float x, float y) => Vase(x, y) ?? Twig(x, y) ?? Backdrop(x, y);

Vector3 Backdrop(float x, float y)
{
    var (u, v) = ((x - 270) / 480, (y - 150) / 420);
    var lit = new Vector3(0.90f, 0.875f, 0.84f) * (1 - (0.13f * ((u * u) + (v * v))));
    var (sx, sy) = ((x - 345) / 170, (y - 440) / 36);
    return lit * (1 - (0.30f * MathF.Exp(-1.7f * ((sx * sx) + (sy * sy)))));
}

float Profile(float y)
{
    // Half the vase's width from its lip (y 140) to its foot (y 442).
    var t = (y - 140) / 302;
    var neck = 31 + (13 * MathF.Exp(-t * 16));
    var belly = 86 * MathF.Pow(MathF.Sin(MathF.PI * Math.Clamp((t - 0.14f) / 1.02f, 0, 1)), 1.15f);
    return neck + belly - (8 * t);
}

Vector3? Vase(float x, float y)
{
    var foot = 442 - (9 * MathF.Pow((x - 320) / 70, 2));
    if (y < 140 || y > foot || MathF.Abs(x - 320) >= Profile(y))
    {
        return null;
    }

    var across = (x - 320) / Profile(y);
    var slope = (Profile(y + 1) - Profile(y - 1)) / 2;
    var normal = Vector3.Normalize(new(across, -slope, MathF.Sqrt(1 - (across * across))));
    var glaze = Glaze(x, y, across);
    var diffuse = 0.30f + (0.78f * Math.Max(0, Vector3.Dot(normal, light)));
    var bounce = 0.10f * Math.Max(0, normal.X) * Math.Max(0, normal.Y + 0.4f);
    var half = Vector3.Normalize(light + Vector3.UnitZ);
    var shine = (0.75f * MathF.Pow(Math.Max(0, Vector3.Dot(normal, half)), 90)) + (0.12f * MathF.Pow(Math.Max(0, Vector3.Dot(normal, half)), 12));
    return (glaze * (diffuse + bounce)) + new Vector3(shine);
}

Vector3 Glaze(float x, float y, float across)
{
    var wave = 3.5f * MathF.Sin(MathF.Asin(Math.Clamp(across, -1, 1)) * 9);
    var teal = new Vector3(0.05f, 0.40f, 0.44f) * (0.94f + (0.06f * MathF.Sin((x * 0.31f) + (MathF.Sin(y * 0.17f) * 3))));
    return (y + wave) switch
    {
        > 252 and < 258 or > 322 and < 328 => new(0.86f, 0.60f, 0.22f),
        > 262 and < 318 => new(0.70f, 0.24f, 0.17f),
        _ => teal,
    };
}

Vector3? Twig(float x, float y)
{
    foreach (var twig in twigs)
    {
        for (var leaf = 1; leaf <= 5; leaf++)
        {
            if (Leaf(x, y, twig, leaf) is { } colour)
            {
                return colour;
            }
        }

        var t = Math.Clamp((y - twig.Y0) / (twig.Y1 - twig.Y0), 0, 1);
        var offset = x - At(twig, t).X;
        if (y < 150 && y > twig.Y1 && MathF.Abs(offset) < 2.6f - (1.4f * t))
        {
            return new Vector3(0.33f, 0.22f, 0.13f) * (1 - (0.15f * offset));
        }
    }

    return null;
}

Vector3? Leaf(float x, float y, (float X0, float Y0, float X1, float Y1, float Bow) twig, int number)
{
    var side = number % 2 == 0 ? 1 : -1;
    var root = At(twig, 0.18f + (0.17f * number));
    var stem = Vector2.Normalize(At(twig, 1) - At(twig, 0));
    var along = Vector2.Normalize(stem + (side * 0.9f * new Vector2(-stem.Y, stem.X)));
    var from = new Vector2(x, y) - root;
    var (u, v) = (Vector2.Dot(from, along) / 34, Vector2.Dot(from, new(-along.Y, along.X)));
    var half = u is > 0 and < 1 ? 10.5f * MathF.Pow(MathF.Sin(MathF.PI * u), 0.8f) * (1.15f - (0.5f * u)) : 0;
    if (MathF.Abs(v) >= half)
    {
        return null;
    }

    var vein = MathF.Abs(v) < 0.6f ? 0.85f : 1;
    return new Vector3(0.20f, 0.44f, 0.16f) * vein * (0.9f + (0.25f * v / half * side) + (0.22f * u));
}

static Vector2 At((float X0, float Y0, float X1, float Y1, float Bow) twig, float t)
    => new(twig.X0 + ((twig.X1 - twig.X0) * t) + (twig.Bow * MathF.Sin(MathF.PI * t)), twig.Y0 + ((twig.Y1 - twig.Y0) * t));

static byte Byte(float value) => (byte)((value * 255) + 0.5f);

static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

static byte[] Png(byte[] rows)
{
    const int Stride = (Width * 3) + 1;
    for (var at = rows.Length - 1; at >= 0; at--)
    {
        var column = at % Stride;
        var (left, above, corner) = (column > 3 ? rows[at - 3] : 0, at >= Stride ? rows[at - Stride] : 0, column > 3 && at >= Stride ? rows[at - Stride - 3] : 0);
        rows[at] = column == 0 ? (byte)4 : (byte)(rows[at] - Paeth(left, above, corner));
    }

    using var bytes = new MemoryStream();
    using (var zip = new ZLibStream(bytes, CompressionLevel.SmallestSize))
    {
        zip.Write(rows);
    }

    return [0x89, .. "PNG\r\n\u001a\n"u8, .. Chunk("IHDR"u8, [.. Big(Width), .. Big(Height), 8, 2, 0, 0, 0]), .. Chunk("IDAT"u8, bytes.ToArray()), .. Chunk("IEND"u8, [])];
}

static int Paeth(int left, int above, int corner)
{
    var (l, a, c) = (Math.Abs(above - corner), Math.Abs(left - corner), Math.Abs(left + above - (2 * corner)));
    return l <= a && l <= c ? left : a <= c ? above : corner;
}

static byte[] Chunk(ReadOnlySpan<byte> name, byte[] payload)
{
    byte[] body = [.. name, .. payload];
    var crc = uint.MaxValue;
    foreach (var value in body)
    {
        crc ^= value;
        for (var bit = 0; bit < 8; bit++)
        {
            crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320u);
        }
    }

    return [.. Big(payload.Length), .. body, .. Big((int)~crc)];
}

static byte[] Big(int value)
{
    var bytes = new byte[4];
    BinaryPrimitives.WriteInt32BigEndian(bytes, value);
    return bytes;
}
