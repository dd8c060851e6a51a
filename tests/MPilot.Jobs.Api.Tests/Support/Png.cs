using System.Buffers.Binary;

namespace MPilot.Jobs.Api.Tests.Support;

/// <summary>Makes bytes that begin like a PNG; the pixels are rubbish.</summary>
internal static class Png
{
    public static byte[] Of(int width = 8, int height = 8, bool alpha = true, int length = 64)
    {
        var bytes = new byte[length];
        for (var i = 26; i < length; i++)
        {
            bytes[i] = (byte)(i * 31);
        }

        new byte[] { 0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 0, 0, 0, 13, (byte)'I', (byte)'H', (byte)'D', (byte)'R' }.CopyTo(bytes, 0);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(20), height);
        bytes[24] = 8;
        bytes[25] = (byte)(alpha ? 6 : 2);
        return bytes;
    }
}
