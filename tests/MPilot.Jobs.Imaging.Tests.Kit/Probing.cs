using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Engine.Imaging;
using MPilot.Jobs.Imaging.Probe;
using Shouldly;

namespace MPilot.Jobs.Imaging.Tests.Kit;

/// <summary>What the probe says of a picture in memory.</summary>
public static class Probing
{
    public static PictureFinding Find(byte[] picture, int split = int.MaxValue)
    {
        var inspection = new PictureProbe().Start();
        for (var at = 0; at < picture.Length;)
        {
            var length = Math.Min(split, picture.Length - at);
            if (!inspection.Push(picture.AsSpan(at, length)))
            {
                break;
            }

            at += length;
        }

        return inspection.Complete();
    }

    public static PictureFacts Facts(byte[] picture) => Find(picture).ShouldBeOfType<PictureFinding.Usable>().Facts;

    public static string Reason(byte[] picture) => Find(picture).ShouldBeOfType<PictureFinding.Unusable>().Reason;
}
