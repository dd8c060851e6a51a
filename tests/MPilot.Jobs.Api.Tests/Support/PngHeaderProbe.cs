using System.Buffers.Binary;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Engine.Imaging;

namespace MPilot.Jobs.Api.Tests.Support;

/// <summary>Reads size and alpha from the first bytes of a PNG, and nothing else: the front judges both, which the kit's permissive probe makes up.</summary>
internal sealed class PngHeaderProbe : IPictureProbe
{
    private static readonly byte[] Magic = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

    public PictureInspection Start() => new Inspection();

    private sealed class Inspection : PictureInspection
    {
        private readonly List<byte> _head = [];

        public override bool Push(ReadOnlySpan<byte> bytes)
        {
            _head.AddRange(bytes[..Math.Min(bytes.Length, 26 - _head.Count)]);
            return _head.Take(Magic.Length).SequenceEqual(Magic.Take(_head.Count));
        }

        public override PictureFinding Complete()
        {
            var head = _head.ToArray();
            if (head.Length < 26 || !head.AsSpan(0, 8).SequenceEqual(Magic))
            {
                return new PictureFinding.Unusable("is not a png, jpeg or webp picture");
            }

            var size = new PictureSize(BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(20)));
            return new PictureFinding.Usable(new(PictureFormat.Png, size, 1, head[25] is 4 or 6, 1));
        }
    }
}
