using System.Text;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Engine.Imaging;

namespace MPilot.Jobs.Tests.Kit;

/// <summary>Takes any bytes for a 64×64 png, except those that begin with <see cref="Unusable"/>.</summary>
public sealed class PermissiveProbe : IPictureProbe
{
    public const string Unusable = "unusable";

    public static readonly PictureFacts Facts = new(PictureFormat.Png, new(64, 64), 1, true, 1);

    public PictureInspection Start() => new Inspection();

    private sealed class Inspection : PictureInspection
    {
        private bool _unusable;

        public override bool Push(ReadOnlySpan<byte> bytes)
        {
            _unusable = _unusable || bytes.StartsWith(Encoding.ASCII.GetBytes(Unusable));
            return !_unusable;
        }

        public override PictureFinding Complete()
            => _unusable ? new PictureFinding.Unusable("is not a picture") : new PictureFinding.Usable(Facts);
    }
}
