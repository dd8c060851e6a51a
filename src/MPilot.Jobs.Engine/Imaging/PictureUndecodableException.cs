namespace MPilot.Jobs.Engine.Imaging;

/// <summary>A picture's header was fine but its pixels cannot be read.</summary>
public sealed class PictureUndecodableException : Exception
{
    public PictureUndecodableException()
    {
    }

    public PictureUndecodableException(string message)
        : base(message)
    {
    }

    public PictureUndecodableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
