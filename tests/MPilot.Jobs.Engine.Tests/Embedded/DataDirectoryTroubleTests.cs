using MPilot.Jobs.Engine.Embedded;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Engine.Tests.Embedded;

public sealed class DataDirectoryTroubleTests
{
    [Fact]
    public void Take_WhenTheFileCannotBeMade_DoesNotBlameAnotherProcess()
    {
        var folder = Directory.CreateTempSubdirectory("mpilot-lock-");
        try
        {
            File.CreateSymbolicLink(Path.Combine(folder.FullName, "lock"), Path.Combine(folder.FullName, "missing", "lock"));

            Should.Throw<IOException>(() => DataDirectoryLock.Take(folder.FullName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
