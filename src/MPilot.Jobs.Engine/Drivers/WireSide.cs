namespace MPilot.Jobs.Engine.Drivers;

/// <summary>Who wrote a body.</summary>
public enum WireSide
{
    /// <summary>The driver.</summary>
    Request,

    /// <summary>The provider.</summary>
    Response,
}
