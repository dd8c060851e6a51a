global using MPilot.Jobs.Tests.Kit;

global using Shouldly;

global using Xunit;
