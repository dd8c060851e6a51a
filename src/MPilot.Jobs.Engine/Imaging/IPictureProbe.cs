namespace MPilot.Jobs.Engine.Imaging;

/// <summary>Reads picture headers without decoding pixels.</summary>
public interface IPictureProbe
{
    /// <summary>Starts on a new picture, whose bytes will be pushed in as they stream by.</summary>
    PictureInspection Start();
}
