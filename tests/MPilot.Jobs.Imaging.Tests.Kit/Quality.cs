namespace MPilot.Jobs.Imaging.Tests.Kit;

/// <summary>Spoils a picture, and measures how well it was mended.</summary>
public static class Quality
{
    /// <summary>Peak signal to noise in the hole, in decibels.</summary>
    public static double Psnr(Pixels truth, Pixels filled, bool[] hole)
    {
        var (sum, count) = (0.0, 0);
        for (var i = 0; i < hole.Length; i++)
        {
            for (var channel = 0; hole[i] && channel < 3; channel++)
            {
                sum += Math.Pow(truth.Bytes[(i * 4) + channel] - filled.Bytes[(i * 4) + channel], 2);
                count++;
            }
        }

        return 10 * Math.Log10(255.0 * 255 * count / Math.Max(sum, 1e-9));
    }

    /// <summary>A mask that marks the hole, and a picture that hides it.</summary>
    public static (Pixels Picture, Pixels Mask) Spoil(Pixels truth, bool[] hole)
    {
        var (picture, mask) = (new Pixels(truth.Width, truth.Height), new Pixels(truth.Width, truth.Height));
        truth.Bytes.CopyTo(picture.Bytes, 0);
        for (var i = 0; i < hole.Length; i++)
        {
            mask.Bytes[(i * 4) + 3] = hole[i] ? (byte)0 : (byte)255;
            if (hole[i])
            {
                (picture.Bytes[i * 4], picture.Bytes[(i * 4) + 1], picture.Bytes[(i * 4) + 2]) = (255, 0, 255);
            }
        }

        return (picture, mask);
    }
}
