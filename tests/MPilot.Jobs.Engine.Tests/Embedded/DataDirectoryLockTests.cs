using MPilot.Jobs.Engine.Embedded;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Engine.Tests.Embedded;

public sealed class DataDirectoryLockTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("mpilot-lock-").FullName;

    private string Folder => Path.Combine(_directory, "made", "on", "demand");

    [Fact]
    public void Take_WhenHeld_IsRefusedByName()
    {
        using var held = DataDirectoryLock.Take(Folder);

        Should.Throw<DataDirectoryInUseException>(() => DataDirectoryLock.Take(Folder)).Message.ShouldContain(Folder);
    }

    [Fact]
    public void Take_WhenReleased_SucceedsAgain()
    {
        DataDirectoryLock.Take(Folder).Dispose();

        using var again = DataDirectoryLock.Take(Folder);
        Should.Throw<DataDirectoryInUseException>(() => DataDirectoryLock.Take(Folder));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
