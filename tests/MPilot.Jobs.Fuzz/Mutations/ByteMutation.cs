using System.Text;

namespace MPilot.Jobs.Fuzz.Mutations;

/// <summary>Changes bytes without knowing what they are.</summary>
internal static class ByteMutation
{
    private static readonly byte[] Telling = [0, 1, 0x0A, 0x0D, 0x20, 0x22, 0x2D, 0x5C, 0x7F, 0x80, 0xFE, 0xFF];

    /// <summary>A few changes.</summary>
    /// <param name="seed">What is changed; stays as it is.</param>
    /// <param name="random">Decides.</param>
    /// <param name="words">Texts that mean something to the reader, put in here and there.</param>
    public static byte[] Change(byte[] seed, Random random, params ReadOnlySpan<string> words)
    {
        List<byte> bytes = [.. seed];
        for (var changes = random.Next(1, 5); changes > 0 && bytes.Count > 0; changes--)
        {
            ChangeOnce(bytes, random, words);
        }

        return [.. bytes];
    }

    private static void ChangeOnce(List<byte> bytes, Random random, ReadOnlySpan<string> words)
    {
        var at = random.Next(bytes.Count);
        var length = Math.Min(random.Next(1, 30), bytes.Count - at);
        switch (random.Next(7))
        {
            case 0:
                bytes[at] = (byte)random.Next(256);
                break;
            case 1:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 2:
                bytes[at] = Telling[random.Next(Telling.Length)];
                break;
            case 3:
                bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length));
                break;
            case 4:
                bytes.RemoveRange(at, length);
                break;
            case 5 when !words.IsEmpty:
                bytes.InsertRange(at, Encoding.UTF8.GetBytes(words[random.Next(words.Length)]));
                break;
            default:
                bytes.RemoveRange(at, random.Next(8) == 0 ? bytes.Count - at : 0);
                break;
        }
    }
}
