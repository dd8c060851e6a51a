namespace MPilot.Jobs.Engine.Imaging;

/// <summary>The pictures are readable, but the edit cannot be made of them. The message is for the caller.</summary>
public sealed class EditImpossibleException : Exception
{
    public EditImpossibleException()
    {
    }

    public EditImpossibleException(string message)
        : base(message)
    {
    }

    public EditImpossibleException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
